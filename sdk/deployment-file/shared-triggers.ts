import { itIs } from "../../core/document/describe-value.ts";
import { suggestion } from "../../core/document/nearest.ts";
import type { Given, Reading } from "../../core/document/reading.ts";
import { isPlainObject } from "../../core/json.ts";

/** Triggers that deployments of the file refer to by their names. */
export type SharedTriggers = ReadonlyMap<string, Given>;

/** `triggers:` of the whole file: an object of triggers by their names, or a list of triggers that have names. */
export function readSharedTriggers(reading: Reading, given: Given | null): SharedTriggers {
  const shared = new Map<string, Given>();
  if (given === null) return shared;
  if (!Array.isArray(given.value) && !isPlainObject(given.value)) {
    reading.refuse(given.path, `must be triggers by their names; ${itIs(given.value)}`);
    return shared;
  }
  for (const [key, value] of Object.entries(given.value)) {
    const one = { value, path: [...given.path, key] };
    if (!isPlainObject(value)) {
      reading.refuse(one.path, `must be a trigger; ${itIs(value)}`);
      continue;
    }
    const name = value.name ?? (Array.isArray(given.value) ? undefined : key);
    const known = Array.isArray(given.value) ? name : key;
    if (typeof known !== "string" || known === "") reading.refuse([...one.path, "name"], "is required");
    else if (shared.has(known))
      reading.refuse([...one.path, "name"], `is given twice: ${JSON.stringify(known)}`);
    else shared.set(known, { value: { ...value, name }, path: one.path });
  }
  return shared;
}

/** A deployment's triggers, with those that it names put in their places; each with the place where it is written. */
export function resolveTriggers(reading: Reading, given: Given | null, shared: SharedTriggers): Given[] {
  if (given === null) return [];
  if (!Array.isArray(given.value)) {
    reading.refuse(given.path, `must be a list of triggers; ${itIs(given.value)}`);
    return [];
  }
  return given.value.flatMap((value: unknown, at): Given[] => {
    const one = { value, path: [...given.path, String(at)] };
    if (typeof value !== "string") return [one];
    const found = shared.get(value);
    if (found) return [found];
    const known = [...shared.keys()];
    const none = "; there are no triggers: of the whole file";
    reading.refuse(
      one.path,
      `names no trigger of the file: ${JSON.stringify(value)}${known.length === 0 ? none : suggestion(value, known)}`,
    );
    return [];
  });
}
