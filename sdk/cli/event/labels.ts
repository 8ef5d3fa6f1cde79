import { isPlainObject } from "../../../core/json.ts";
import { UsageError } from "../failure.ts";

/** Labels given one by one, as `name=value`. */
export function labels(option: string, given: readonly string[]): Record<string, string> {
  return Object.fromEntries(given.map((one) => pair(option, one, "name=value")));
}

/** A related resource, given as `role=id` or as all its labels in JSON. */
export function related(given: string): Record<string, string> {
  if (!given.trimStart().startsWith("{")) {
    const [role, id] = pair("--related", given, "role=id");
    return { "prefect.resource.id": id, "prefect.resource.role": role };
  }
  const found = parsed(given);
  if (isPlainObject(found) && Object.values(found).every((value) => typeof value === "string"))
    return found as Record<string, string>; // every value was looked at
  throw new UsageError(`--related ${given} is no object of texts`);
}

function pair(option: string, given: string, form: string): [string, string] {
  const at = given.indexOf("=");
  if (at > 0) return [given.slice(0, at), given.slice(at + 1)];
  throw new UsageError(`${option} ${JSON.stringify(given)} is not of the form ${form}`);
}

function parsed(given: string): unknown {
  try {
    return JSON.parse(given);
  } catch (error) {
    throw new UsageError(`--related ${given} is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}
