import type { Json, JsonObject } from "../json.ts";
import { canonicalJson, isJsonObject } from "../json.ts";
import { isSchema, type JsonSchema, resolveRef } from "../json-schema/schema.ts";
import { UnsuitableInputType } from "./errors.ts";

const MAX_PARTS = 50_000;

/**
 * The canonical shape of a type: its JSON Schema without annotations and without constraints of the value (lengths, bounds, patterns).
 * Types, names of fields, which of them are required, items, constants, unions and formats stay. Whole numbers are numbers, definitions
 * stand where they are used, and nothing depends on the order in which something was written.
 */
export function canonicalShape(root: JsonSchema): Json {
  let parts = 0;

  // `above` are the referenced schemas around this place, the outermost first; a reference back to one is its index from the inside.
  const visit = (schema: JsonSchema, above: readonly JsonSchema[]): Json => {
    parts += 1;
    if (parts > MAX_PARTS) throw new UnsuitableInputType(`the input type has more than ${MAX_PARTS} parts`);
    if (typeof schema === "boolean") return schema;
    if (typeof schema.$ref === "string") return reference(schema.$ref, above);
    return shapeOf(schema, (inner) => visit(inner, above));
  };

  const reference = (ref: string, above: readonly JsonSchema[]): Json => {
    const target = resolveRef(root, ref);
    if (target === null)
      throw new UnsuitableInputType(
        `the input type refers to ${JSON.stringify(ref)}, which is nowhere in it`,
      );
    const index = above.lastIndexOf(target);
    return index >= 0 ? { $ref: above.length - 1 - index } : visit(target, [...above, target]);
  };

  return visit(root, [root]);
}

function shapeOf(schema: JsonObject, visit: (inner: JsonSchema) => Json): JsonObject {
  const shape: JsonObject = {};
  const type = typeShape(schema.type);
  if (type !== undefined) shape.type = type;
  if (schema.const !== undefined) shape.const = schema.const;
  if (Array.isArray(schema.enum)) shape.enum = sorted(schema.enum);
  if (typeof schema.format === "string") shape.format = schema.format;
  if (isSchema(schema.not)) shape.not = visit(schema.not);
  Object.assign(shape, objectShape(schema, visit), arrayShape(schema, visit));
  const allOf = members(schema.allOf, visit).filter((member) => canonicalJson(member) !== "{}");
  if (allOf.length > 0) shape.allOf = sorted(allOf);
  if (Array.isArray(schema.oneOf)) shape.oneOf = sorted(members(schema.oneOf, visit));
  return Array.isArray(schema.anyOf) ? anyOfShape(shape, members(schema.anyOf, visit)) : shape;
}

function objectShape(schema: JsonObject, visit: (inner: JsonSchema) => Json): JsonObject {
  const shape: JsonObject = {};
  for (const keyword of ["properties", "patternProperties"] as const) {
    const properties = schema[keyword];
    if (!isJsonObject(properties)) continue;
    const entries = Object.entries(properties).map(([name, inner]) => [
      name,
      isSchema(inner) ? visit(inner) : inner,
    ]);
    shape[keyword] = Object.fromEntries(entries);
  }
  if (Array.isArray(schema.required) && schema.required.length > 0) shape.required = sorted(schema.required);
  for (const keyword of ["additionalProperties", "unevaluatedProperties"] as const) {
    const inner = schema[keyword];
    if (isSchema(inner)) shape[keyword] = visit(inner);
  }
  // Of the names of a record only a closed list is shape; what a name must look like is a constraint.
  const names = schema.propertyNames;
  if (isJsonObject(names) && (names.enum !== undefined || names.const !== undefined))
    shape.propertyNames = visit(names);
  return shape;
}

function arrayShape(schema: JsonObject, visit: (inner: JsonSchema) => Json): JsonObject {
  const shape: JsonObject = {};
  if (isSchema(schema.items)) shape.items = visit(schema.items);
  if (!Array.isArray(schema.prefixItems)) return shape;
  const prefixItems = members(schema.prefixItems, visit);
  const required = typeof schema.minItems === "number" ? schema.minItems : 0;
  // How many of a tuple's items are required is shape, as it is of an object's fields.
  return { ...shape, prefixItems, ...(required < prefixItems.length ? { minItems: required } : {}) };
}

function anyOfShape(shape: JsonObject, branches: readonly Json[]): JsonObject {
  const flat = sorted(
    branches.flatMap((branch) => (isJsonObject(branch) && onlyKey(branch, "anyOf") ? branch.anyOf : branch)),
  );
  const types = flat.map((branch) => (isJsonObject(branch) && onlyKey(branch, "type") ? branch.type : null));
  if (shape.type === undefined && types.every((type) => type !== null)) {
    return { ...shape, type: listOfTypes(types.flat()) };
  }
  const [only, ...others] = flat;
  if (others.length === 0 && isJsonObject(only) && Object.keys(shape).length === 0) return only;
  return { ...shape, anyOf: flat };
}

function onlyKey(shape: JsonObject, key: string): boolean {
  return shape[key] !== undefined && Object.keys(shape).length === 1;
}

function members(list: Json | undefined, visit: (inner: JsonSchema) => Json): Json[] {
  return Array.isArray(list) ? list.filter(isSchema).map(visit) : [];
}

function typeShape(type: Json | undefined): Json | undefined {
  return type === undefined ? undefined : listOfTypes(Array.isArray(type) ? type : [type]);
}

function listOfTypes(types: readonly (Json | undefined)[]): Json {
  const names = sorted(types.map((type) => (type === "integer" ? "number" : (type ?? null))));
  return names.length === 1 ? (names[0] ?? null) : names;
}

/** In the order of their canonical texts, each once. */
function sorted(values: readonly (Json | undefined)[]): Json[] {
  const byText = new Map(
    values.flatMap((value) => (value === undefined ? [] : [[canonicalJson(value), value] as const])),
  );
  return [...byText.keys()].sort().flatMap((text) => byText.get(text) ?? null);
}
