import type { Json } from "../json.ts";
import { canonicalJson, isJsonObject, jsonEquals } from "../json.ts";
import { jsonType, tagValues, typesOf } from "./json-type.ts";
import { followRef, isSchema, type JsonSchema, own } from "./schema.ts";

/** The members of a union (`anyOf` or `oneOf`) of this schema, or null where it has none. */
export function unionOf(schema: JsonSchema): JsonSchema[] | null {
  if (typeof schema === "boolean") return null;
  const members = schema.anyOf ?? schema.oneOf;
  return Array.isArray(members) ? members.filter(isSchema) : null;
}

/** The members that a value can be meant for: by its JSON type and, of objects, by the properties that hold a constant. */
export function candidates(root: JsonSchema, members: readonly JsonSchema[], value: Json): JsonSchema[] {
  const type = jsonType(value);
  const fitting = members.filter((member) => typesOf(root, member).has(type));
  if (!isJsonObject(value)) return fitting;
  const meant = fitting.filter((member) =>
    propertyNames(root, member).every((property) => {
      const allowed = tagValues(root, member, property);
      const given = own(value, property);
      return allowed === null || given === undefined || allowed.some((one) => jsonEquals(one, given));
    }),
  );
  const tag = meant.length > 1 ? discriminatorOf(root, members) : null;
  const usual = tag === null || own(value, tag.property) !== undefined ? undefined : members[tag.usual ?? -1];
  return usual === undefined ? meant : [usual];
}

/** The property that tells the members of a union of objects apart, and its values member by member. */
export interface Discriminator {
  property: string;
  values: Json[][];
  /** The member that is meant where the property is left out, as it has a default there; null where there is none. */
  usual: number | null;
}

/**
 * The first property that every member gives values of its own, and every member but one, which has a default, requires; null where there
 * is none.
 */
export function discriminatorOf(root: JsonSchema, members: readonly JsonSchema[]): Discriminator | null {
  const [first] = members;
  if (first === undefined || members.length < 2) return null;
  if (!members.every((member) => onlyObjects(root, member))) return null;
  for (const property of propertyNames(root, first)) {
    const usual = members.flatMap((member, index) => (requires(root, member, property) ? [] : [index]));
    if (usual.length > 1 || usual.some((index) => !hasDefault(root, members[index] ?? false, property)))
      continue;
    const values = members.map((member) => tagValues(root, member, property) ?? []);
    const texts = values.flat().map(canonicalJson);
    if (values.every((list) => list.length > 0) && new Set(texts).size === texts.length)
      return { property, values, usual: usual[0] ?? null };
  }
  return null;
}

function onlyObjects(root: JsonSchema, member: JsonSchema): boolean {
  const types = typesOf(root, member);
  return types.size === 1 && types.has("object");
}

function propertyNames(root: JsonSchema, member: JsonSchema): string[] {
  const found = followRef(root, member);
  return typeof found !== "boolean" && isJsonObject(found.properties) ? Object.keys(found.properties) : [];
}

function requires(root: JsonSchema, member: JsonSchema, property: string): boolean {
  const found = followRef(root, member);
  return typeof found !== "boolean" && Array.isArray(found.required) && found.required.includes(property);
}

function hasDefault(root: JsonSchema, member: JsonSchema, property: string): boolean {
  const found = followRef(root, member);
  if (typeof found === "boolean" || !isJsonObject(found.properties)) return false;
  const declared = own(found.properties, property);
  const field = isSchema(declared) ? followRef(root, declared) : true;
  return typeof field !== "boolean" && field.default !== undefined;
}
