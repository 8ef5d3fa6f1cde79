import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { type JsonSchema, mapSubschemas, ROOT_ID, resolveRef } from "./schema.ts";
import { discriminatorOf, unionOf } from "./union.ts";

/** Keyword that counts one step each time a referenced schema is entered. */
export const STEP = "x-antiphon-step";
/** Keyword that keeps a format's name for messages where the pattern beside it is what is checked. */
export const FORMAT_NAME = "x-antiphon-format";

const MAX_SUBSCHEMAS = 20_000;
const MAX_LEVELS = 128;

/**
 * The schema in the form that is compiled. It accepts the same values. References are absolute, referenced schemas count steps, unions
 * that a property tells apart are dispatched by it, and a format with a pattern beside it is checked by the pattern alone, which is the
 * narrower of the two and the one that the flow's own schema checks. Throws where the schema is too large or refers outside itself.
 */
export function prepare(root: JsonSchema): JsonObject {
  const referenced = new Set<JsonSchema>();
  let count = 0;

  const visit = (schema: JsonSchema, level: number): JsonSchema => {
    count += 1;
    if (count > MAX_SUBSCHEMAS) throw new Error(`has more than ${MAX_SUBSCHEMAS} parts`);
    if (level > MAX_LEVELS) throw new Error(`is nested more than ${MAX_LEVELS} levels deep`);
    if (typeof schema === "boolean") return schema;
    const copy = mapSubschemas(schema, (inner) => visit(inner, level + 1));
    for (const name of ["$schema", "$id", "$anchor", "$dynamicAnchor", STEP, FORMAT_NAME]) delete copy[name];
    if (copy.$dynamicRef !== undefined) throw new Error("holds a $dynamicRef, which is not supported");
    if (schema.$ref !== undefined) copy.$ref = absoluteRef(root, schema.$ref, referenced);
    checkPatternByItself(copy);
    dispatch(root, schema, copy);
    prepared.set(schema, copy);
    return copy;
  };

  const prepared = new Map<JsonSchema, JsonObject>();
  const whole = visit(root, 0);
  for (const target of referenced) {
    const copy = prepared.get(target);
    if (copy !== undefined) copy[STEP] = true;
  }
  return { $id: ROOT_ID, ...(isJsonObject(whole) ? whole : { allOf: [whole] }) };
}

function absoluteRef(root: JsonSchema, ref: unknown, referenced: Set<JsonSchema>): string {
  const target = typeof ref === "string" ? resolveRef(root, ref) : null;
  if (target === null) {
    throw new Error(
      `refers to ${JSON.stringify(ref)}; references must lead to a part of the same schema, such as "#/$defs/Order"`,
    );
  }
  referenced.add(target);
  return `${ROOT_ID}${String(ref)}`;
}

function checkPatternByItself(copy: JsonObject): void {
  if (typeof copy.format !== "string") return;
  const among = Array.isArray(copy.allOf) ? copy.allOf : [];
  const hasPattern =
    typeof copy.pattern === "string" ||
    among.some((member) => isJsonObject(member) && typeof member.pattern === "string");
  if (!hasPattern) return;
  copy[FORMAT_NAME] = copy.format;
  delete copy.format;
}

// A union whose members a property tells apart becomes one test of that property and, for each of its values, the one member that is
// meant. Trying every member would take time exponential in the depth of a recursive type.
function dispatch(root: JsonSchema, schema: JsonObject, copy: JsonObject): void {
  const members = unionOf(schema);
  const union = copy.anyOf ?? copy.oneOf;
  if (members === null || !Array.isArray(union) || (copy.anyOf !== undefined && copy.oneOf !== undefined))
    return;
  const tag = discriminatorOf(root, members);
  if (tag === null) return;
  delete copy.anyOf;
  delete copy.oneOf;
  const { property, values, usual } = tag;
  const required = (isUsual: boolean): JsonObject => (isUsual ? {} : { required: [property] });
  const allOf: Json[] = Array.isArray(copy.allOf) ? copy.allOf : [];
  copy.allOf = [
    ...allOf,
    { type: "object", ...required(usual !== null), properties: { [property]: { enum: values.flat() } } },
    ...union.map(
      (member, index): Json => ({
        if: {
          type: "object",
          ...required(index === usual),
          properties: { [property]: { enum: values[index] ?? [] } },
        },
        // biome-ignore lint/suspicious/noThenProperty: the keyword's name
        then: member,
      }),
    ),
  ];
}
