import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { besideTarget } from "./refinement.ts";

/** A JSON Schema of draft 2020-12. `true` takes everything, `false` nothing. */
export type JsonSchema = boolean | JsonObject;

/** The name of a whole schema inside the validator, where references lead through it (`antiphon:input#/$defs/Order`). */
export const ROOT_ID = "antiphon:input";

export const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** Keywords whose value is a schema. */
export const SINGLE: readonly string[] = [
  "items",
  "additionalProperties",
  "unevaluatedProperties",
  "unevaluatedItems",
  "propertyNames",
  "contains",
  "not",
  "if",
  "then",
  "else",
];
/** Keywords whose value is a list of schemas. */
export const LISTS: readonly string[] = ["prefixItems", "allOf", "anyOf", "oneOf"];
/** Keywords whose value is an object of schemas. */
export const MAPS: readonly string[] = [
  "properties",
  "patternProperties",
  "dependentSchemas",
  "$defs",
  "definitions",
];

/** Whether the value has the form of a schema: an object or a boolean. */
export function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === "boolean" || isJsonObject(value);
}

/** A copy of the schema with each schema directly inside it replaced; keywords and their order stay. */
export function mapSubschemas(schema: JsonObject, replace: (inner: JsonSchema) => Json): JsonObject {
  const mapOne = (value: Json): Json => (isSchema(value) ? replace(value) : value);
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]): [string, Json] => {
      if (SINGLE.includes(keyword)) return [keyword, mapOne(value)];
      if (LISTS.includes(keyword) && Array.isArray(value)) return [keyword, value.map(mapOne)];
      if (MAPS.includes(keyword) && isJsonObject(value)) {
        return [
          keyword,
          Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapOne(inner)])),
        ];
      }
      return [keyword, value];
    }),
  );
}

/** A copy of the schema with every reference in it, however deep, put through `rename`. */
export function mapRefs(schema: JsonSchema, rename: (ref: string) => string): JsonSchema {
  if (typeof schema === "boolean") return schema;
  const copy = mapSubschemas(schema, (inner) => mapRefs(inner, rename));
  if (typeof copy.$ref === "string") copy.$ref = rename(copy.$ref);
  return copy;
}

/** What a reference inside the document `root` leads to (`#`, `#/$defs/Order`); null where it leads nowhere or outside. */
export function resolveRef(root: JsonSchema, ref: string): JsonSchema | null {
  const pointer = ref.startsWith(`${ROOT_ID}#`) ? ref.slice(ROOT_ID.length) : ref;
  if (pointer === "#") return root;
  if (!pointer.startsWith("#/")) return null;
  let found: Json | undefined = root;
  for (const token of pointer.slice(2).split("/")) {
    const key = unescapeToken(token);
    if (Array.isArray(found)) found = found[Number(key)];
    else if (isJsonObject(found) && Object.hasOwn(found, key)) found = found[key];
    else return null;
  }
  return isSchema(found) ? found : null;
}

function unescapeToken(token: string): string {
  let text = token;
  try {
    text = decodeURIComponent(token);
  } catch {
    // A lone percent sign stands for itself.
  }
  return text.replaceAll("~1", "/").replaceAll("~0", "~");
}

/**
 * The schema with a leading reference replaced by what it leads to; keywords beside the reference win, but
 * refinements of both hold. A reference that leads nowhere, or back to itself, gives the empty schema.
 */
export function followRef(root: JsonSchema, schema: JsonSchema): JsonSchema {
  let current = schema;
  for (let steps = 0; steps < 64; steps += 1) {
    if (typeof current === "boolean" || typeof current.$ref !== "string") return current;
    const { $ref, ...beside } = current;
    const target = resolveRef(root, $ref);
    if (target === null) return beside;
    if (typeof target === "boolean") return target;
    current = besideTarget(target, beside);
  }
  return {};
}

/** A property of an object of JSON, never one that it inherits. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
