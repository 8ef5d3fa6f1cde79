import { templateProblem } from "../action/template.ts";
import { itIs } from "../document/describe-value.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readJson } from "../document/values.ts";
import { isJsonObject, isPlainObject, type Json, type JsonObject } from "../json.ts";

const placeholders = ["__prefect_kind", "__kind"];

/** The parameters of a run, with a look at every template in them; null where there are none. */
export function readParameters(reading: Reading, given: Given | null): JsonObject | null {
  if (given === null || given.value === null) return null;
  if (!isPlainObject(given.value)) {
    reading.refuse(given.path, `must be an object; ${itIs(given.value)}`);
    return null;
  }
  const parameters = readTemplated(reading, given);
  if (!isJsonObject(parameters)) return null;
  refusePlaceholders(reading, parameters, given.path);
  return parameters;
}

/** A JSON value with a look at every template in it; null where it is left out. */
export function readTemplated(reading: Reading, given: Given | null): Json {
  if (given === null) return null;
  const value = readJson(reading, given);
  checkTemplates(reading, value, given.path);
  return value;
}

function checkTemplates(reading: Reading, value: Json, path: readonly string[]): void {
  if (typeof value === "string") {
    const problem = templateProblem(value);
    if (problem !== null) reading.refuse(path, `is no template that can be filled in: ${problem}`);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) checkTemplates(reading, inner, [...path, key]);
}

function refusePlaceholders(reading: Reading, value: Json, path: readonly string[]): void {
  if (typeof value !== "object" || value === null) return;
  if (placeholders.some((key) => Object.hasOwn(value, key)))
    reading.refuse(
      path,
      "is a placeholder, which is not taken here; write a template such as {{ event.payload.name }}",
    );
  for (const [key, inner] of Object.entries(value)) refusePlaceholders(reading, inner, [...path, key]);
}
