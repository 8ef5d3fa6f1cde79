import type { Issue } from "./error.ts";

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

/** Whether the value's JSON text has at most so many bytes in UTF-8. Of one that is far smaller the text is not made. */
export function jsonFits(value: Json, bytes: number): boolean {
  return bytesLeft(value, bytes) >= 0 || jsonBytes(value) <= bytes;
}

/** What is left of so many bytes at least, once the value's JSON text is taken from them; some number below 0 where that may be none. */
function bytesLeft(value: unknown, bytes: number): number {
  // No unit of a text comes to more than the six bytes of an escape; and any number, or a moment, to less than these.
  if (typeof value === "string") return bytes - value.length * 6 - 2;
  let left = bytes - 32;
  if (typeof value !== "object" || value === null) return left;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length && left >= 0; index += 1)
      left = bytesLeft(value[index], left - 1);
    return left;
  }
  for (const [name, member] of Object.entries(value)) {
    if (left < 0) break;
    left = bytesLeft(member, left - name.length * 6 - 4);
  }
  return left;
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

export interface JsonLimits {
  /** Of the JSON text in UTF-8; no limit where it is left out. */
  maxBytes?: number;
  /** Levels of nesting; 64 where it is left out. */
  maxDepth?: number;
}

/**
 * What keeps a value from being stored: it is no JSON, is nested too deeply or too large, or holds text that Postgres cannot keep (NUL,
 * a lone surrogate), also in the name of a property. Null where nothing does.
 */
export function jsonProblem(value: unknown, limits: JsonLimits = {}): Issue | null {
  const maxDepth = limits.maxDepth ?? MAX_JSON_DEPTH;
  const nested = nestingProblem(value, maxDepth);
  if (nested !== null) return nested;
  const json = toJson(value);
  if (!json.ok) return { path: json.path, message: json.message };
  const text = textIssue(json.value);
  if (text !== null) return text;
  if (limits.maxBytes === undefined) return null;
  const bytes = jsonBytes(json.value);
  if (bytes <= limits.maxBytes) return null;
  return { path: [], message: `is ${bytes} bytes of JSON; at most ${limits.maxBytes} are taken` };
}

/** What is wrong with a text that is to be stored; null where nothing is. */
export function textProblem(text: string): string | null {
  if (text.includes("\u0000")) return "holds a NUL character, which cannot be stored";
  return text.isWellFormed() ? null : "holds half of a surrogate pair, which is no Unicode text";
}

/** What is wrong with the nesting of a JSON value; null where it is no deeper. */
export function nestingProblem(value: unknown, maxDepth: number): Issue | null {
  // A list of what is left to look at, so that depth costs no stack.
  const left: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next.value !== "object" || next.value === null) continue;
    if (next.depth >= maxDepth) return { path: [], message: `is nested more than ${maxDepth} levels deep` };
    for (const child of Object.values(next.value)) {
      if (typeof child === "object" && child !== null) left.push({ value: child, depth: next.depth + 1 });
    }
  }
  return null;
}

function textIssue(value: unknown): Issue | null {
  if (typeof value === "string") {
    const problem = textProblem(value);
    return problem === null ? null : { path: [], message: problem };
  }
  if (typeof value !== "object" || value === null) return null;
  for (const [key, child] of Object.entries(value)) {
    const inName = textProblem(key);
    if (inName !== null) return { path: [], message: `has a property whose name ${inName}` };
    const issue = textIssue(child);
    if (issue !== null) return { path: [key, ...issue.path], message: issue.message };
  }
  return null;
}
