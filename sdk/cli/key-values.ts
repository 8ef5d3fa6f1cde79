import type { Json, JsonObject } from "../../core/json.ts";
import { UsageError } from "./failure.ts";

/**
 * The values of an option such as `--param name=value`, which may be repeated. A value that is JSON is taken as that, any
 * other as text: `count=3` is a number, `count='"3"'` and `name=Ada` are texts.
 */
export function keyValues(option: string, given: readonly string[]): JsonObject {
  const entries = given.map((one): [string, Json] => {
    const [name, text] = keyValue(option, one);
    return [name, readValue(text)];
  });
  return Object.fromEntries(entries);
}

/** One of them, as it was typed. */
export function keyValue(option: string, given: string): [name: string, text: string] {
  const at = given.indexOf("=");
  if (at > 0) return [given.slice(0, at), given.slice(at + 1)];
  throw new UsageError(`${option} ${JSON.stringify(given)} is no name=value, such as ${option} count=3`);
}

function readValue(text: string): Json {
  try {
    return JSON.parse(text) as Json; // what JSON.parse gives
  } catch {
    return text;
  }
}
