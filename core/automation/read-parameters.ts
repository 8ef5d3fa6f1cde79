import { itIs } from "../document/describe-value.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readJson } from "../document/values.ts";
import { isJsonObject, isPlainObject, type Json, type JsonObject } from "../json.ts";
import { kindIssues } from "../template/rendering.ts";

/** The parameters of a run, with a look at every placeholder in them; null where there are none. Templates are checked when it is saved. */
export function readParameters(reading: Reading, given: Given | null): JsonObject | null {
  if (given === null || given.value === null) return null;
  if (!isPlainObject(given.value)) {
    reading.refuse(given.path, `must be an object; ${itIs(given.value)}`);
    return null;
  }
  const parameters = readTemplated(reading, given);
  if (!isJsonObject(parameters)) return null;
  for (const { path, message } of kindIssues(parameters))
    reading.refuse([...given.path, ...path], `cannot be filled in: ${message}`);
  return parameters;
}

/** A JSON value that may have templates in it; null where it is left out. */
export function readTemplated(reading: Reading, given: Given | null): Json {
  return given === null ? null : readJson(reading, given);
}
