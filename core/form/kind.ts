import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { isSchema, type JsonSchema } from "../json-schema/schema.ts";
import { type Branch, branchesOf } from "./branch.ts";
import { choiceLabel, textOf } from "./label.ts";
import { resolve } from "./resolve.ts";

export interface Choice {
  value: Json;
  label: string;
}
export interface Property {
  name: string;
  schema: JsonSchema;
  required: boolean;
}

/** What draws a schema. */
export type FieldKind =
  | { kind: "constant"; value: Json }
  | { kind: "choice"; choices: Choice[] }
  | { kind: "choices"; choices: Choice[] }
  | { kind: "switch" }
  | { kind: "number"; integer: boolean }
  | { kind: "text"; format: string | null }
  | { kind: "none" }
  | { kind: "list"; items: JsonSchema; fewest: number; most: number }
  | { kind: "tuple"; items: JsonSchema[] }
  | { kind: "group"; properties: Property[]; others: JsonSchema | null }
  | { kind: "record"; values: JsonSchema }
  | { kind: "union"; branches: Branch[] }
  | { kind: "json" };

/** A union of a union of … is followed so far. */
const MAX_STEPS = 16;

/** @param schema as `resolve` gives it */
export function kindOf(root: JsonSchema, schema: JsonObject, steps = 0): FieldKind {
  if (steps > MAX_STEPS) return { kind: "json" };
  if (schema.const !== undefined) return { kind: "constant", value: schema.const };
  if (Array.isArray(schema.enum))
    return { kind: "choice", choices: schema.enum.map((value) => ({ value, label: choiceLabel(value) })) };
  const branches = branchesOf(root, schema);
  if (branches !== null) return unionKind(root, branches, steps);
  switch (schema.type ?? impliedType(schema)) {
    case "boolean":
      return { kind: "switch" };
    case "integer":
      return { kind: "number", integer: true };
    case "number":
      return { kind: "number", integer: false };
    case "string":
      return { kind: "text", format: textOf(schema.format) ?? null };
    case "null":
      return { kind: "none" };
    case "array":
      return arrayKind(root, schema, steps);
    case "object":
      return objectKind(root, schema);
    default:
      return { kind: "json" };
  }
}

function unionKind(root: JsonSchema, branches: Branch[], steps: number): FieldKind {
  const [only] = branches;
  if (only === undefined) return { kind: "json" };
  if (branches.length === 1) return kindOf(root, only.schema, steps + 1);
  const choices = branches.flatMap(({ schema, label }) =>
    schema.const === undefined ? [] : [{ value: schema.const, label }],
  );
  return choices.length === branches.length ? { kind: "choice", choices } : { kind: "union", branches };
}

function impliedType(schema: JsonObject): string | undefined {
  if (schema.properties !== undefined || schema.additionalProperties !== undefined) return "object";
  if (schema.items !== undefined || schema.prefixItems !== undefined) return "array";
  if (schema.pattern !== undefined || schema.format !== undefined || schema.minLength !== undefined)
    return "string";
  return schema.minimum !== undefined || schema.maximum !== undefined ? "number" : undefined;
}

function arrayKind(root: JsonSchema, schema: JsonObject, steps: number): FieldKind {
  const fixed = Array.isArray(schema.prefixItems) ? schema.prefixItems.filter(isSchema) : [];
  if (fixed.length > 0)
    return schema.items === undefined || schema.items === false
      ? { kind: "tuple", items: fixed }
      : { kind: "json" };
  if (!isSchema(schema.items)) return { kind: "json" };
  const item = resolve(root, schema.items);
  const chooses = item !== null && (item.enum ?? item.anyOf ?? item.oneOf) !== undefined;
  const inside = chooses ? kindOf(root, item, steps + 1) : null;
  if (inside?.kind === "choice") return { kind: "choices", choices: inside.choices };
  const [fewest, most] = [Number(schema.minItems ?? 0), Number(schema.maxItems ?? Infinity)];
  return { kind: "list", items: schema.items, fewest, most };
}

function objectKind(root: JsonSchema, schema: JsonObject): FieldKind {
  if (schema.patternProperties !== undefined) return { kind: "json" };
  const required = Array.isArray(schema.required) ? schema.required : [];
  const declared = isJsonObject(schema.properties) ? Object.entries(schema.properties) : [];
  const others = isSchema(schema.additionalProperties) ? schema.additionalProperties : null;
  const names = namesOf(root, schema);
  if (names !== null && others !== null)
    for (const name of names) if (!declared.some(([known]) => known === name)) declared.push([name, others]);
  const properties = declared.flatMap(([name, inner]) =>
    isSchema(inner) && inner !== false ? [{ name, schema: inner, required: required.includes(name) }] : [],
  );
  const open = names === null && others !== null && others !== false;
  if (properties.length > 0) return { kind: "group", properties, others: open ? others : null };
  if (open) return { kind: "record", values: others };
  return schema.additionalProperties === false
    ? { kind: "group", properties, others: null }
    : { kind: "json" };
}

/** The only names that the properties of an object may have, where it lists them. */
function namesOf(root: JsonSchema, schema: JsonObject): string[] | null {
  if (!isSchema(schema.propertyNames)) return null;
  const names = resolve(root, schema.propertyNames)?.enum;
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : null;
}
