import type { JsonObject } from "../json.ts";
import { isSchema, type JsonSchema } from "../json-schema/schema.ts";
import { candidates, discriminatorOf } from "../json-schema/union.ts";
import { branchLabel } from "./label.ts";
import { merge, resolve } from "./resolve.ts";
import { type FormValue, toSend } from "./value.ts";

/** One form that a value of a union can have. */
export interface Branch {
  label: string;
  schema: JsonObject;
}

/** What a union says of the whole; a branch has words of its own. */
const ofTheWhole = ["title", "description", "default", "examples", "anyOf", "oneOf"];

/** The branches of `anyOf`, of `oneOf` or of a list of types; null where the schema is no union. */
export function branchesOf(root: JsonSchema, schema: JsonObject): Branch[] | null {
  const rest = Object.fromEntries(
    Object.entries(schema).filter(([keyword]) => !ofTheWhole.includes(keyword)),
  );
  const members = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(members)) {
    // Both at once is more than tabs can show.
    if (schema.anyOf !== undefined && schema.oneOf !== undefined) return [];
    return named(
      root,
      members
        .filter(isSchema)
        .flatMap((member) => flattened(root, member))
        .map((member) => merge(rest, member)),
    );
  }
  if (!Array.isArray(schema.type)) return null;
  return named(
    root,
    schema.type.map((type) => ({ ...rest, type })),
  );
}

/** A union that stands inside a union, without words of its own, is part of it. */
function flattened(root: JsonSchema, member: JsonSchema, steps = 0): JsonObject[] {
  const schema = resolve(root, member);
  if (schema === null) return [];
  const inner = schema.anyOf ?? schema.oneOf;
  const bare = Object.keys(schema).length === 1 && steps < 8;
  return bare && Array.isArray(inner)
    ? inner.filter(isSchema).flatMap((one) => flattened(root, one, steps + 1))
    : [schema];
}

function named(root: JsonSchema, schemas: JsonObject[]): Branch[] {
  const marks = discriminatorOf(root, schemas)?.values;
  const labels = schemas.map((schema, index) => branchLabel(schema, marks?.[index]?.[0]));
  return schemas.map((schema, index) => {
    const label = labels[index] ?? "";
    const before = labels.slice(0, index).filter((other) => other === label).length;
    const same = labels.filter((other) => other === label).length > 1;
    return { schema, label: same ? `${label} ${before + 1}` : label };
  });
}

/** The branch that a value is meant for: the one of its type, and of its marks where several are. Null for no value, or none fits. */
export function branchFor(root: JsonSchema, branches: readonly Branch[], value: FormValue): number | null {
  const json = toSend(value);
  if (json === undefined) return null;
  const schemas = branches.map(({ schema }) => schema);
  const [first] = candidates(root, schemas, json);
  return first === undefined ? null : schemas.findIndex((schema) => Object.is(schema, first));
}
