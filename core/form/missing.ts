import type { JsonSchema } from "../json-schema/schema.ts";
import { branchFor } from "./branch.ts";
import { kindOf } from "./kind.ts";
import { resolve } from "./resolve.ts";
import { type FormObject, type FormValue, isFormObject, propertyOf, withProperty } from "./value.ts";

const MAX_DEPTH = 24;

/** A field that has to be given and is not. */
export interface Missing {
  path: string[];
  schema: JsonSchema;
}

/** The value with what nobody needs to be asked for, since it can only be one thing. Defaults stay out: they are filled in anyway. */
export function implied(root: JsonSchema, schema: JsonSchema, value: FormValue, depth = 0): FormValue {
  const resolved = resolve(root, schema);
  if (resolved === null || depth > MAX_DEPTH) return value;
  if (value === undefined && resolved.default !== undefined) return undefined;
  const kind = kindOf(root, resolved);
  switch (kind.kind) {
    case "constant":
      return value === undefined ? kind.value : value;
    case "choice":
      return value === undefined && kind.choices.length === 1 ? kind.choices[0]?.value : value;
    case "none":
      return value === undefined ? null : value;
    case "group": {
      if (value !== undefined && !isFormObject(value)) return value;
      const order = kind.properties.map(({ name }) => name);
      return kind.properties.reduce<FormObject>((filled, property) => {
        const given = propertyOf(filled, property.name);
        if (given === undefined && !property.required) return filled;
        const next = implied(root, property.schema, given, depth + 1);
        return next === given ? filled : withProperty(filled, property.name, next, order);
      }, value ?? {});
    }
    default:
      return value;
  }
}

/** What of a value has to be given and is not, in the order of the schema. */
export function missing(
  root: JsonSchema,
  schema: JsonSchema,
  value: FormValue,
  path: string[] = [],
): Missing[] {
  const resolved = resolve(root, schema);
  if (resolved === null || path.length > MAX_DEPTH) return [];
  if (value === undefined) return resolved.default === undefined ? [{ path, schema }] : [];
  const kind = kindOf(root, resolved);
  switch (kind.kind) {
    case "group":
      return kind.properties.flatMap(({ name, schema: inner, required }) => {
        const given = propertyOf(value, name);
        return given === undefined && !required ? [] : missing(root, inner, given, [...path, name]);
      });
    case "list":
    case "tuple": {
      const items = Array.isArray(value) ? value : [];
      return items.flatMap((item, at) => {
        const inner = kind.kind === "list" ? kind.items : kind.items[at];
        return inner === undefined ? [] : missing(root, inner, item, [...path, String(at)]);
      });
    }
    case "union": {
      const branch = kind.branches[branchFor(root, kind.branches, value) ?? -1];
      return branch === undefined ? [] : missing(root, branch.schema, value, path);
    }
    default:
      return [];
  }
}
