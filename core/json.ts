/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Deepest nesting that values of runs may have; deeper ones are refused. */
export const MAX_JSON_DEPTH = 64;

/** An object as literals and `JSON.parse` make them: no array, no class instance. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm (a test runner's, a worker's) has that realm's Object.prototype.
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

/** Whether the value is JSON as it is: finite numbers, plain objects, nothing undefined. */
export function isJson(value: unknown): value is Json {
  return convert(value, "strict").ok;
}

/** A plain object of JSON values; only the object itself is looked at. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return isPlainObject(value);
}

/**
 * The value as JSON: a copy in which properties that are undefined are left out. Whatever else JSON would lose or change (a `Date`,
 * `NaN`, a class instance, undefined in an array, a cycle) is refused, naming the place.
 */
export function toJson(value: unknown): JsonConversion {
  return convert(value, "drop-undefined");
}

export type JsonConversion = { ok: true; value: Json } | { ok: false; path: string[]; message: string };

/** Whether JSON gives an equal value back. A property that is undefined reads the same when it is missing; undefined itself does not come back. */
export function survivesJson(value: unknown): boolean {
  return toJson(value).ok;
}

function convert(value: unknown, mode: "strict" | "drop-undefined"): JsonConversion {
  const above = new Set<object>();
  const path: string[] = [];
  let message = "";

  const refuse = (text: string): undefined => {
    message = text;
    return undefined;
  };

  const list = (items: readonly unknown[]): Json[] | undefined => {
    const copy: Json[] = [];
    // By index: holes count as undefined.
    for (let index = 0; index < items.length; index += 1) {
      path.push(String(index));
      const item = visit(items[index]);
      if (item === undefined) return undefined;
      path.pop();
      copy.push(item);
    }
    return copy;
  };

  const object = (source: Record<string, unknown>): JsonObject | undefined => {
    const entries: [string, Json][] = [];
    for (const key of Object.keys(source)) {
      const given = source[key];
      if (given === undefined && mode === "drop-undefined") continue;
      path.push(key);
      const property = visit(given);
      if (property === undefined) return undefined;
      path.pop();
      entries.push([key, property]);
    }
    return Object.fromEntries(entries);
  };

  const visit = (given: unknown): Json | undefined => {
    switch (typeof given) {
      case "string":
      case "boolean":
        return given;
      case "number":
        return Number.isFinite(given) ? given : refuse(`${given} is no JSON number`);
      case "undefined":
        return refuse("undefined has no place in JSON");
      case "bigint":
      case "symbol":
      case "function":
        return refuse(`a ${typeof given} has no place in JSON`);
      case "object":
        break;
    }
    if (given === null) return null;
    if (above.has(given)) return refuse("the value contains itself");
    if (above.size >= 1000) return refuse("the value is nested more than 1000 levels deep");
    above.add(given);
    const copy = Array.isArray(given)
      ? list(given)
      : isPlainObject(given) && typeof given.toJSON !== "function"
        ? object(given)
        : refuse(`a ${kindOf(given)} has no place in JSON`);
    above.delete(given);
    return copy;
  };

  const copy = visit(value);
  return copy === undefined ? { ok: false, path, message } : { ok: true, value: copy };
}

function kindOf(value: object): string {
  const name: unknown = value.constructor?.name;
  return typeof name === "string" && name !== "" && name !== "Object" ? name : "class instance";
}

/** The canonical text of RFC 8785: equal values have equal texts, whatever the order of their properties. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  // Sorted by UTF-16 code units, as the RFC asks and as sort() does by default.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`);
  return `{${members.join(",")}}`;
}

/** Deep equality of JSON values; the order of properties does not count. */
export function jsonEquals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => jsonEquals(item, b[index]));
  }
  if (!isPlainObject(a) || !isPlainObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && jsonEquals(a[key], b[key]))
  );
}

/** Length in bytes of the value's JSON text in UTF-8. */
export function jsonBytes(value: Json): number {
  return utf8Bytes(JSON.stringify(value));
}

function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    // The two halves of a pair come to four bytes: two for each unit. JSON.stringify escapes lone ones.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
