import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { followRef, isSchema, type JsonSchema, own, resolveRef } from "./schema.ts";

export type JsonType = "string" | "number" | "boolean" | "null" | "array" | "object";

const EVERY: readonly JsonType[] = ["string", "number", "boolean", "null", "array", "object"];

/** The JSON type of a value; integers are numbers. */
export function jsonType(value: Json): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  switch (typeof value) {
    case "string":
      return "string";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    default:
      return "object";
  }
}

/** The JSON types that a schema lets through, as far as its types, constants, unions and references tell. */
export function typesOf(root: JsonSchema, schema: JsonSchema): ReadonlySet<JsonType> {
  return new Types(root).of(schema);
}

class Types {
  // A schema that is still being looked at, since it refers to itself, lets everything through as far as this can tell.
  readonly #known = new Map<JsonSchema, ReadonlySet<JsonType>>();
  constructor(private readonly root: JsonSchema) {}

  of(schema: JsonSchema): ReadonlySet<JsonType> {
    if (typeof schema === "boolean") return new Set(schema ? EVERY : []);
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    this.#known.set(schema, new Set(EVERY));
    const types = this.#derive(schema);
    this.#known.set(schema, types);
    return types;
  }

  #derive(schema: JsonObject): ReadonlySet<JsonType> {
    let types = declaredTypes(schema.type);
    const narrow = (others: Iterable<JsonType>): void => {
      const allowed = new Set(others);
      types = types.filter((type) => allowed.has(type));
    };
    if (typeof schema.$ref === "string") {
      const target = resolveRef(this.root, schema.$ref);
      if (target !== null) narrow(this.of(target));
    }
    if (schema.const !== undefined) narrow([jsonType(schema.const)]);
    if (Array.isArray(schema.enum)) narrow(schema.enum.map(jsonType));
    for (const union of [schema.anyOf, schema.oneOf]) {
      if (Array.isArray(union)) narrow(union.filter(isSchema).flatMap((branch) => [...this.of(branch)]));
    }
    for (const member of Array.isArray(schema.allOf) ? schema.allOf.filter(isSchema) : [])
      narrow(this.of(member));
    return new Set(types);
  }
}

function declaredTypes(type: Json | undefined): JsonType[] {
  if (type === undefined) return [...EVERY];
  const names = (Array.isArray(type) ? type : [type]).map((name) => (name === "integer" ? "number" : name));
  return EVERY.filter((known) => names.includes(known));
}

/** The values that a member of a union gives one property by a constant or a list; null where it takes others too. */
export function tagValues(root: JsonSchema, branch: JsonSchema, property: string): Json[] | null {
  const found = followRef(root, branch);
  if (typeof found === "boolean" || !isJsonObject(found.properties)) return null;
  const declared = own(found.properties, property);
  if (!isSchema(declared)) return null;
  const tag = followRef(root, declared);
  if (typeof tag === "boolean") return null;
  if (tag.const !== undefined) return [tag.const];
  return Array.isArray(tag.enum) ? tag.enum : null;
}
