import { suggestion } from "../document/nearest.ts";
import { placeText } from "../document/place-text.ts";
import type { Issue } from "../error.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { Check } from "../json-schema/check-value.ts";
import { followRef, type JsonSchema } from "../json-schema/schema.ts";
import { isPlaceholder } from "../template/is-placeholder.ts";
import { withoutTemplated } from "../work-pool/job-variables.ts";

/** What a deployment says of the parameters of its runs. */
export interface RunnableDeployment {
  /** Its full name, such as `charge/main`. */
  readonly name: string;
  /** Its defaults. */
  readonly parameters: JsonObject;
  readonly schema: JsonSchema;
}

/**
 * Parameters that a deployment does not know, those that it needs and nobody gives, and values that do not fit its schema. What
 * templates and placeholders will give is not looked at.
 *
 * @param given what the action gives
 * @param check that of the deployment's schema
 * @param path where the parameters stand in the document
 */
export function parameterWarnings(
  given: JsonObject,
  { name, parameters, schema }: RunnableDeployment,
  check: Check,
  path: readonly string[],
): Issue[] {
  if (isPlaceholder(given)) return [];
  const known = knownNames(schema);
  const unknown = known === null ? [] : Object.keys(given).filter((one) => !known.includes(one));
  const strangers = unknown.map((one) => {
    const place = [...path, one];
    const text = `is no parameter of ${name}${suggestion(one, known ?? [])}`;
    return { path: place, message: `${placeText(place)} ${text}` };
  });
  // What fills in as all of the defaults is not known yet.
  if (isPlaceholder(parameters)) return strangers;
  const merged = { ...parameters, ...given };
  const checked = check(merged);
  if (checked.ok) return strangers;
  const unfit = withoutTemplated(checked.issues, merged)
    .filter(({ path: [first] }) => first === undefined || first in given || !(first in merged))
    .filter(({ path: [first] }) => first === undefined || !unknown.includes(first))
    .map((issue) => unfitting(issue, merged, name, path));
  return [...strangers, ...unfit];
}

function unfitting(issue: Issue, merged: JsonObject, name: string, path: readonly string[]): Issue {
  const place = [...path, ...issue.path];
  const [first, ...inner] = issue.path;
  const isMissing = first !== undefined && inner.length === 0 && !(first in merged);
  const text = isMissing
    ? `is not given: ${name} requires it and has no default for it`
    : `does not fit the parameters of ${name}: ${issue.message}`;
  return { path: place, message: `${placeText(place)} ${text}` };
}

/** The names that an object may have by its schema; null where others are welcome, or where it takes more to tell. */
function knownNames(schema: JsonSchema): string[] | null {
  const root = followRef(schema, schema);
  if (typeof root === "boolean" || !isJsonObject(root.properties)) return null;
  const { additionalProperties: others } = root;
  if (others !== undefined && others !== false) return null;
  if (["patternProperties", "allOf", "anyOf", "oneOf", "if"].some((keyword) => keyword in root)) return null;
  return Object.keys(root.properties);
}
