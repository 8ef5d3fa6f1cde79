import type { Json, JsonObject } from "../json.ts";
import { isJsonObject, MAX_JSON_DEPTH } from "../json.ts";
import { followRef, isSchema, type JsonSchema, own } from "./schema.ts";
import { candidates, unionOf } from "./union.ts";

/**
 * A copy of the value in which missing properties have their defaults. The default of an object comes before the defaults of its own
 * properties, which fill in only what it leaves out. In a union they are filled in where the value can be meant for one member only.
 */
export function fillDefaults(schema: JsonSchema, value: Json): Json {
  return fill({ root: schema, depth: 0, budget: { left: MAX_STEPS } }, schema, value);
}

/** Schemas that may be gone through for one value; behind that, and in schemas that never go into the value, defaults stay out. */
const MAX_STEPS = 200_000;

interface Place {
  root: JsonSchema;
  depth: number;
  budget: { left: number };
}

function fill(place: Place, schema: JsonSchema, value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (place.depth > 2 * MAX_JSON_DEPTH || place.budget.left <= 0) return value;
  place.budget.left -= 1;
  const found = followRef(place.root, schema);
  if (typeof found === "boolean") return value;
  let filled: Json = Array.isArray(value)
    ? fillItems(place, found, value)
    : fillProperties(place, found, value);
  for (const member of Array.isArray(found.allOf) ? found.allOf.filter(isSchema) : []) {
    filled = fill({ ...place, depth: place.depth + 1 }, member, filled);
  }
  const members = unionOf(found);
  if (members === null) return filled;
  const [only, ...others] = candidates(place.root, members, filled);
  return only === undefined || others.length > 0
    ? filled
    : fill({ ...place, depth: place.depth + 1 }, only, filled);
}

function fillItems(place: Place, schema: JsonObject, items: Json[]): Json[] {
  const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems : [];
  return items.map((item, index) => {
    const inner = prefix[index] ?? schema.items;
    return isSchema(inner) ? fill({ ...place, depth: place.depth + 1 }, inner, item) : item;
  });
}

function fillProperties(place: Place, schema: JsonObject, value: JsonObject): JsonObject {
  const deeper = { ...place, depth: place.depth + 1 };
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const filled = Object.entries(value).map(([name, given]): [string, Json] => {
    const declared = own(properties, name) ?? schema.additionalProperties;
    return [name, isSchema(declared) ? fill(deeper, declared, given) : given];
  });
  for (const [name, declared] of Object.entries(properties)) {
    if (Object.hasOwn(value, name) || !isSchema(declared)) continue;
    const whole = followRef(place.root, declared);
    if (typeof whole === "boolean" || whole.default === undefined) continue;
    filled.push([name, fill(deeper, declared, structuredClone(whole.default))]);
  }
  return Object.fromEntries(filled);
}
