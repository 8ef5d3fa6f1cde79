import type { Issue } from "../error.ts";
import type { JsonSchema } from "../json-schema/schema.ts";
import { branchFor } from "./branch.ts";
import { type FieldKind, kindOf } from "./kind.ts";
import { resolve } from "./resolve.ts";
import { readTyped } from "./typed-text.ts";
import { type FormValue, isFormObject, propertyOf, withProperty } from "./value.ts";

export type TypedField = { ok: true; value: FormValue } | { ok: false; issue: Issue };

/**
 * The value with what somebody typed for one of its fields, which is named with dots: `size`, `address.city`, `lines.0.count`.
 * A list takes what is typed for it as one more item, unless that is a JSON list.
 */
export function withTyped(root: JsonSchema, value: FormValue, name: string, text: string): TypedField {
  return set({ root, text }, root, value, name, []);
}

interface Typed {
  root: JsonSchema;
  text: string;
}

function set(
  typed: Typed,
  schema: JsonSchema,
  value: FormValue,
  name: string | null,
  path: string[],
): TypedField {
  const resolved = resolve(typed.root, schema);
  if (resolved === null) return refused(path, "must be left out: nothing is taken here");
  if (name === null) return whole(typed, resolved, value, path);
  const kind = kindOf(typed.root, resolved);
  switch (kind.kind) {
    case "group":
      return intoGroup(typed, kind, value, name, path);
    case "record": {
      const [key, rest] = cutName(name);
      return intoObject(typed, kind.values, value, key, rest, path);
    }
    case "list":
    case "tuple":
      return intoList(typed, kind, value, name, path);
    case "union": {
      const known = kind.branches[branchFor(typed.root, kind.branches, value) ?? -1];
      const tried = (known ? [known] : kind.branches).map((branch) =>
        set(typed, branch.schema, value, name, path),
      );
      const [first] = tried;
      return tried.find(({ ok }) => ok) ?? first ?? refused(path, `has no field ${JSON.stringify(name)}`);
    }
    case "json": {
      const [key, rest] = cutName(name);
      return intoObject(typed, true, value, key, rest, path);
    }
    default:
      return refused(path, `has no field ${JSON.stringify(name)}: it is no object`);
  }
}

function whole({ root, text }: Typed, schema: JsonSchema, value: FormValue, path: string[]): TypedField {
  const reading = readTyped(root, schema, text);
  if (!reading.ok) return refused(path, reading.message);
  const adds = Array.isArray(value) && Array.isArray(reading.value) && !text.trimStart().startsWith("[");
  return { ok: true, value: adds ? [...value, ...(reading.value as FormValue[])] : reading.value };
}

function intoGroup(
  typed: Typed,
  { properties, others }: FieldKind & { kind: "group" },
  value: FormValue,
  name: string,
  path: string[],
): TypedField {
  // A property's own name may have dots.
  const [found] = properties
    .filter((property) => name === property.name || name.startsWith(`${property.name}.`))
    .sort((a, b) => b.name.length - a.name.length);
  if (found) {
    const rest = name === found.name ? null : name.slice(found.name.length + 1);
    const order = properties.map((property) => property.name);
    return intoObject(typed, found.schema, value, found.name, rest, path, order);
  }
  const [key, rest] = cutName(name);
  if (others !== null) return intoObject(typed, others, value, key, rest, path);
  const names = properties.map((property) => property.name).join(", ");
  return refused([...path, key], `is no field here; there are ${names || "none"}`);
}

function intoObject(
  typed: Typed,
  schema: JsonSchema,
  value: FormValue,
  key: string,
  rest: string | null,
  path: string[],
  order: readonly string[] = [],
): TypedField {
  const inner = set(typed, schema, propertyOf(value, key), rest, [...path, key]);
  if (!inner.ok) return inner;
  return { ok: true, value: withProperty(isFormObject(value) ? value : {}, key, inner.value, order) };
}

function intoList(
  typed: Typed,
  kind: FieldKind & { kind: "list" | "tuple" },
  value: FormValue,
  name: string,
  path: string[],
): TypedField {
  const [step, rest] = cutName(name);
  const items = Array.isArray(value) ? value : [];
  const at = Number(step);
  const schema = kind.kind === "list" ? kind.items : kind.items[at];
  if (!Number.isInteger(at) || at < 0 || at > items.length || schema === undefined)
    return refused([...path, step], `is no item here; the next one is ${items.length}`);
  const inner = set(typed, schema, items[at], rest, [...path, step]);
  return inner.ok ? { ok: true, value: [...items.slice(0, at), inner.value, ...items.slice(at + 1)] } : inner;
}

function cutName(name: string): [step: string, rest: string | null] {
  const dot = name.indexOf(".");
  return dot < 0 ? [name, null] : [name.slice(0, dot), name.slice(dot + 1)];
}

function refused(path: string[], message: string): TypedField {
  return { ok: false, issue: { path, message } };
}
