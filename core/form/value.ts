import { isPlainObject, type Json } from "../json.ts";

/** What a form holds while it is filled in: JSON in which what was not given yet is undefined. */
export type FormValue = undefined | null | boolean | number | string | FormValue[] | FormObject;
export interface FormObject {
  [key: string]: FormValue;
}
export type Path = readonly string[];

export function isFormObject(value: FormValue): value is FormObject {
  return isPlainObject(value);
}

/** A property of an object, never one that it inherits; undefined where there is none, or no object. */
export function propertyOf(value: FormValue, name: string): FormValue {
  return isFormObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** What lies at the path; undefined where nothing does. */
export function valueAt(value: FormValue, path: Path): FormValue {
  let found = value;
  for (const step of path) found = Array.isArray(found) ? found[Number(step)] : propertyOf(found, step);
  return found;
}

/**
 * The object with one property changed, or without it where `next` is undefined. A new property takes its place among the
 * `order`ed ones, all others come behind in the order in which they came.
 */
export function withProperty(
  value: FormValue,
  name: string,
  next: FormValue,
  order: readonly string[],
): FormObject {
  const entries = isFormObject(value) ? Object.entries(value) : [];
  const place = entries.findIndex(([key]) => key === name);
  if (next === undefined) return Object.fromEntries(entries.filter(([key]) => key !== name));
  if (place >= 0) return Object.fromEntries(entries.map(([key, old]) => [key, key === name ? next : old]));
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  const behind = entries.findIndex(([key]) => rank(key) > rank(name));
  entries.splice(behind < 0 ? entries.length : behind, 0, [name, next]);
  return Object.fromEntries(entries);
}

/** The JSON that is sent: properties that were not given are left out, and so is all of a value that was not. */
export function toSend(value: FormValue): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => toSend(item) ?? null);
  if (!isFormObject(value)) return value;
  const given = Object.entries(value).flatMap(([name, property]): [string, Json][] => {
    const json = toSend(property);
    return json === undefined ? [] : [[name, json]];
  });
  return Object.fromEntries(given);
}

/** Where a list, or the value itself, has nothing though a list has no gaps: these must be filled in. */
export function gapsIn(value: FormValue, path: Path = []): Path[] {
  if (value === undefined) return [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => gapsIn(item, [...path, String(index)]));
  if (!isFormObject(value)) return [];
  return Object.entries(value).flatMap(([name, property]) =>
    property === undefined ? [] : gapsIn(property, [...path, name]),
  );
}
