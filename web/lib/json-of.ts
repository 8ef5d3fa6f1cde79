import { isJson, type Json } from "../../core/json.ts";
import { isSchema, type JsonSchema } from "../../core/json-schema/schema.ts";

/** A value of the API's JSON scalar, as JSON; null for what is none. */
export function jsonOf(value: unknown): Json {
  return isJson(value) ? value : null;
}

/** A schema out of the API; the one that takes everything for what is none. */
export function schemaOf(value: unknown): JsonSchema {
  const json = jsonOf(value);
  return isSchema(json) ? json : true;
}
