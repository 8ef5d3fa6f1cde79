import type { Issue } from "../error.ts";
import { isJsonObject, isPlainObject, type JsonObject } from "../json.ts";
import { mask, type SecretPlaces } from "./secret-places.ts";

/**
 * The document that is meant: a secret that is left out, or whose mask is given, is the one that is there already; null takes it away.
 * Of an object of secrets that is given, what is left out is taken away.
 *
 * @param stored the secrets that are there, as `split` makes them; null where there is no document yet
 */
export function withStoredSecrets(
  data: JsonObject,
  { fields, objects }: SecretPlaces,
  stored: JsonObject | null,
): { data: JsonObject; issues: Issue[] } {
  const merged: JsonObject = { ...data };
  const issues: Issue[] = [];
  const nothing = (path: string[]) =>
    issues.push({ path, message: `is ${mask}, which stands for the stored secret, and there is none` });
  for (const name of fields) {
    const given = data[name];
    if (given === null) delete merged[name];
    if (given !== undefined && given !== mask) continue;
    const kept = stored?.[name];
    if (kept !== undefined) merged[name] = kept;
    else if (given === mask) nothing([name]);
  }
  for (const name of objects) {
    const given = data[name];
    if (given === null) delete merged[name];
    const kept = isJsonObject(stored?.[name]) ? stored[name] : {};
    if (given === undefined && Object.keys(kept).length > 0) merged[name] = kept;
    if (!isJsonObject(given)) continue;
    const values: JsonObject = { ...given };
    for (const [key, value] of Object.entries(given)) {
      if (value !== mask) continue;
      const old = Object.hasOwn(kept, key) ? kept[key] : undefined;
      if (old === undefined) nothing([name, key]);
      else values[key] = old;
    }
    merged[name] = values;
  }
  return { data: merged, issues };
}

/** A checked document as it is shown, with every secret masked, and its secrets; null where it has none. */
export function splitSecrets(
  data: JsonObject,
  { fields, objects }: SecretPlaces,
): { shown: JsonObject; secrets: JsonObject | null } {
  const shown: JsonObject = { ...data };
  const secrets: JsonObject = {};
  for (const name of fields) {
    const value = data[name];
    if (value === undefined) continue;
    secrets[name] = value;
    shown[name] = mask;
  }
  for (const name of objects) {
    const value = data[name];
    if (!isPlainObject(value) || Object.keys(value).length === 0) continue;
    secrets[name] = data[name] ?? null;
    shown[name] = Object.fromEntries(Object.keys(value).map((key) => [key, mask]));
  }
  return { shown, secrets: Object.keys(secrets).length === 0 ? null : secrets };
}

/** Every text that must not be shown. */
export function secretTexts(secrets: JsonObject | null): string[] {
  return Object.values(secrets ?? {}).flatMap((value) => {
    if (typeof value === "string") return [value];
    return isJsonObject(value) ? Object.values(value).filter((text) => typeof text === "string") : [];
  });
}
