import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { joinRefinements, REFINEMENTS } from "../json-schema/refinement.ts";
import { isSchema, type JsonSchema, resolveRef } from "../json-schema/schema.ts";

const MAX_STEPS = 64;

/**
 * The schema with its references followed and its `allOf` merged into it, one level deep: what is inside keeps its own
 * references, so a recursive schema opens only as far as it is looked at. Null for the schema that takes nothing.
 */
export function resolve(root: JsonSchema, schema: JsonSchema, steps = 0): JsonObject | null {
  if (schema === false) return null;
  if (schema === true || steps > MAX_STEPS) return {};
  let found: JsonObject | null = schema;
  if (typeof found.$ref === "string") {
    const { $ref, ...beside }: JsonObject = found;
    const target = resolveRef(root, String($ref));
    const base = target === null ? {} : resolve(root, target, steps + 1);
    found = base === null ? null : merge(base, beside);
  }
  if (found === null || !Array.isArray(found.allOf)) return found;
  const { allOf, ...rest }: JsonObject = found;
  let parts: JsonObject = {};
  for (const part of Array.isArray(allOf) ? allOf.filter(isSchema) : []) {
    const resolved = resolve(root, part, steps + 1);
    if (resolved === null) return null;
    parts = merge(parts, resolved);
  }
  // The outer schema's own words (title, default, …) stand before those of its parts.
  return merge(parts, rest);
}

/** Both schemas as one: what restricts is combined, of everything else `second` wins. */
export function merge(first: JsonObject, second: JsonObject): JsonObject {
  const merged: JsonObject = { ...first, ...second };
  for (const keyword of Object.keys(first)) {
    const [a, b] = [first[keyword], second[keyword]];
    if (a === undefined || b === undefined || !Object.hasOwn(second, keyword)) continue;
    merged[keyword] = combine(keyword, a, b);
  }
  return merged;
}

function combine(keyword: string, a: Json, b: Json): Json {
  switch (keyword) {
    case "properties":
    case "patternProperties":
    case "$defs":
      return isJsonObject(a) && isJsonObject(b) ? mergeProperties(a, b) : b;
    case "required":
      return Array.isArray(a) && Array.isArray(b) ? [...new Set([...a, ...b])] : b;
    case REFINEMENTS:
      return Array.isArray(a) && Array.isArray(b) ? joinRefinements(a, b) : b;
    case "type":
      return sharedTypes(a, b);
    case "enum":
      return Array.isArray(a) && Array.isArray(b) ? a.filter((value) => b.includes(value)) : b;
    case "minimum":
    case "exclusiveMinimum":
    case "minLength":
    case "minItems":
    case "minProperties":
      return Math.max(Number(a), Number(b));
    case "maximum":
    case "exclusiveMaximum":
    case "maxLength":
    case "maxItems":
    case "maxProperties":
      return Math.min(Number(a), Number(b));
    case "items":
    case "additionalProperties":
      return a === false || b === false ? false : both(a, b);
    default:
      return b;
  }
}

function mergeProperties(a: JsonObject, b: JsonObject): JsonObject {
  const merged: JsonObject = { ...a };
  for (const [name, schema] of Object.entries(b)) {
    const other = Object.hasOwn(a, name) ? a[name] : undefined;
    merged[name] = other === undefined ? schema : both(other, schema);
  }
  return merged;
}

function both(a: Json, b: Json): Json {
  if (a === true) return b;
  return b === true ? a : { allOf: [a, b] };
}

function sharedTypes(a: Json, b: Json): Json {
  const wide = (types: Json[]) => (types.includes("number") ? [...types, "integer"] : types);
  const listOf = (types: Json) => wide(Array.isArray(types) ? types : [types]);
  const shared = listOf(a).filter((type) => listOf(b).includes(type));
  const narrow = shared.includes("number") ? shared.filter((type) => type !== "integer") : shared;
  return narrow.length === 1 ? (narrow[0] ?? null) : narrow;
}
