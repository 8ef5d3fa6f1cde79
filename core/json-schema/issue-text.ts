import type { Json } from "../json.ts";
import { type JsonType, jsonType } from "./json-type.ts";

const NOUNS: Record<JsonType, string> = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  null: "null",
  array: "a list",
  object: "an object",
};

const LONGEST = 60;

/** A value as messages show it: short, and telling of which kind it is. */
export function showValue(value: Json): string {
  switch (jsonType(value)) {
    case "string":
      return `the text ${clip(JSON.stringify(value))}`;
    case "array":
      return Array.isArray(value) && value.length > 0 ? `a list of ${value.length}` : "an empty list";
    case "object":
      return "an object";
    default:
      return JSON.stringify(value);
  }
}

/** A constant as a schema declares it. */
export function showConstant(value: Json): string {
  return clip(JSON.stringify(value));
}

/** Types by their nouns: "a text, a number or null". `integer` is known too. */
export function nounsOf(types: Iterable<string>): string {
  const names = [...types];
  return either(
    names.map((name) => (name === "integer" ? "a whole number" : isType(name) ? NOUNS[name] : name)),
  );
}

/** "a", "a or b", "a, b or c". */
export function either(words: readonly string[]): string {
  const last = words.at(-1) ?? "nothing";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

function isType(name: string): name is JsonType {
  return Object.hasOwn(NOUNS, name);
}

/** The beginning of a text that is longer than `most`. */
export function clip(text: string, most = LONGEST): string {
  return text.length <= most
    ? text
    : `${Array.from(text)
        .slice(0, most - 1)
        .join("")}…`;
}
