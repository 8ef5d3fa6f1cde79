import { mask } from "../../../core/block/secret-places.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../core/json.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";

/** Whether documents of a schema have something that is never shown. */
export function hasSecrets(schema: JsonSchema): boolean {
  return JSON.stringify(schema).includes('"writeOnly":true');
}

/**
 * The document to save where a stored one was shown with masks: a mask that was taken away takes the secret away too, which leaving it out
 * would keep.
 */
export function withTakenAway(shown: Json, changed: JsonObject): JsonObject {
  if (!isJsonObject(shown)) return changed;
  const gone = Object.entries(shown).filter(([name, value]) => value === mask && changed[name] === undefined);
  return { ...changed, ...Object.fromEntries(gone.map(([name]) => [name, null])) };
}
