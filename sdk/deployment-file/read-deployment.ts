import { itIs } from "../../core/document/describe-value.ts";
import { Fields } from "../../core/document/fields.ts";
import type { Given, Reading } from "../../core/document/reading.ts";
import { readFlag, readJson, readText, readTextList } from "../../core/document/values.ts";
import { isPlainObject, type Json } from "../../core/json.ts";
import type { ScheduleDefinition } from "../../core/schedule/schedule.ts";
import { present } from "./present.ts";
import { readEntrypoint } from "./read-entrypoint.ts";
import { type ConcurrencyLimit, readLimit } from "./read-limit.ts";
import { readSchedules } from "./read-schedules.ts";
import { readSteps } from "./read-steps.ts";
import { checkTriggers } from "./read-triggers.ts";
import { resolveTriggers, type SharedTriggers } from "./shared-triggers.ts";

/** A deployment as a file or the command line describes it, checked. */
export interface FileDeployment {
  name: string;
  description: string | null;
  version: string | null;
  tags: string[];
  /** `<file>:<export>`, as it is written. */
  entrypoint: string | null;
  flowName: string | null;
  parameters: Json;
  enforceParameterSchema: boolean;
  /** Undefined where nothing is said. */
  paused: boolean | undefined;
  concurrency: ConcurrencyLimit;
  workPool: { name: string; queue: string | null; jobVariables: Json } | null;
  schedules: ScheduleDefinition[];
  /** Documents, which the server reads as they are, each with the place where it is written. */
  triggers: readonly Given[];
  /** The folder of its `pull`, as it is written; null where it has none of its own. */
  directory: string | null;
  /** Where it stands in the file. */
  path: readonly string[];
}

const names = [
  ...["name", "description", "version", "tags", "entrypoint", "flow_name", "parameters"],
  ...["enforce_parameter_schema", "schedule", "schedules", "concurrency_limit", "work_pool"],
  ...["triggers", "paused", "build", "push", "pull"],
];

/**
 * Reads one deployment, noting every problem.
 *
 * @param triggers in place of its own; null where its own count
 */
export function readDeployment(
  reading: Reading,
  given: Given,
  shared: SharedTriggers,
  triggers: readonly Given[] | null,
): FileDeployment {
  const fields = Fields.of(reading, given);
  fields?.only("a deployment", names);
  const name = readName(reading, fields);
  const own = resolveTriggers(reading, triggers === null ? present(fields, "triggers") : null, shared);
  const all = triggers ?? own;
  checkTriggers(reading, all, [...given.path, "triggers"], name);
  const flowName = readText(reading, present(fields, "flow_name"), null);
  const entrypoint = readEntrypoint(reading, present(fields, "entrypoint"));
  if (fields !== null && !present(fields, "flow_name") && !present(fields, "entrypoint"))
    reading.refuse(given.path, "needs an entrypoint, or a flow_name");
  return {
    name,
    description: readText(reading, present(fields, "description"), null),
    version: readText(reading, present(fields, "version"), null),
    tags: readTextList(reading, present(fields, "tags")),
    entrypoint,
    flowName,
    parameters: readObject(reading, present(fields, "parameters")) ?? {},
    enforceParameterSchema: readFlag(reading, present(fields, "enforce_parameter_schema"), true),
    paused: readFlag(reading, present(fields, "paused"), undefined),
    concurrency: readLimit(reading, present(fields, "concurrency_limit")),
    workPool: readWorkPool(reading, present(fields, "work_pool")),
    schedules: readSchedules(reading, fields),
    triggers: all,
    directory: fields === null ? null : readSteps(reading, given),
    path: given.path,
  };
}

function readName(reading: Reading, fields: Fields | null): string {
  const given = present(fields, "name");
  if (given === null) {
    fields?.require("name");
    if (fields?.has("name")) reading.refuse([...fields.path, "name"], "is required");
    return "";
  }
  const name = readText(reading, given, "");
  if (typeof given.value !== "string") return name;
  if (name === "") reading.refuse(given.path, "must not be empty");
  if (/[/%]/.test(name)) reading.refuse(given.path, `may not hold / or %; ${itIs(name)}`);
  return name;
}

function readWorkPool(reading: Reading, given: Given | null): FileDeployment["workPool"] {
  if (given === null) return null;
  const fields = Fields.of(reading, given);
  fields?.only("a work pool", ["name", "work_queue_name", "job_variables"]);
  const name = readText(reading, present(fields, "name"), null);
  const queue = readText(reading, present(fields, "work_queue_name"), null);
  const jobVariables = readObject(reading, present(fields, "job_variables")) ?? {};
  if (name !== null) return { name, queue, jobVariables };
  // `work_pool: { name: null }` is what an unfilled template leaves: no pool.
  if (queue !== null) reading.refuse([...given.path, "name"], "is required where there is a work_queue_name");
  return null;
}

function readObject(reading: Reading, given: Given | null): Json {
  if (given === null) return null;
  if (isPlainObject(given.value)) return readJson(reading, given);
  reading.refuse(given.path, `must be an object; ${itIs(given.value)}`);
  return null;
}
