import { itIs } from "../document/describe-value.ts";
import { Fields } from "../document/fields.ts";
import { type Given, Reading } from "../document/reading.ts";
import { readFlag, readText } from "../document/values.ts";
import type { JsonObject } from "../json.ts";
import { triggerDocument } from "../trigger/document.ts";
import type { ParseOptions } from "../trigger/parse.ts";
import { readTrigger } from "../trigger/read-trigger.ts";
import type { TriggerDefinition } from "../trigger/trigger.ts";
import { readName } from "./read-automation.ts";
import { readParameters } from "./read-parameters.ts";
import { readScheduleAfter } from "./run-deployment.ts";

/** A trigger that belongs to a deployment and runs it. */
export interface DeploymentTrigger {
  /** Null where it is named by its place in the list. */
  readonly name: string | null;
  readonly description: string;
  /** Undefined where nothing is said. */
  readonly enabled: boolean | undefined;
  readonly trigger: TriggerDefinition;
  readonly parameters: JsonObject | null;
  readonly jobVariables?: JsonObject | undefined;
  /** Seconds from the firing. */
  readonly scheduleAfter: number;
}

const own = ["name", "description", "enabled", "parameters", "job_variables", "schedule_after"];

/**
 * Reads the list of a deployment's triggers; none where it is undefined or null.
 *
 * @param options `path`: where the list stands in what was given; the issues' paths begin with it
 * @throws InvalidInputError with every problem of all of them
 */
export function parseDeploymentTriggers(
  list: unknown,
  options: ParseOptions & { path?: readonly string[] } = {},
): DeploymentTrigger[] {
  const path = options.path ?? ["triggers"];
  const reading = new Reading(options.dialect ?? "document", "the triggers");
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) reading.refuse(path, `must be a list of triggers; ${itIs(list)}`);
  const items: unknown[] = Array.isArray(list) ? Array.from(list) : [];
  return reading.finish(
    items.map((value, index) => readOne(reading, { value, path: [...path, String(index)] }, options)),
  );
}

function readOne(reading: Reading, given: Given, options: ParseOptions): DeploymentTrigger {
  const trigger = readTrigger(reading, given, options, own);
  // That it is an object has been seen to.
  const fields = Fields.of(new Reading(reading.dialect, ""), given);
  const get = (name: string) => fields?.get(name) ?? null;
  const name = get("name");
  const jobVariables = readParameters(reading, get("job_variables"));
  return {
    name: name === null || name.value === null ? null : readName(reading, name),
    description: readText(reading, get("description"), ""),
    enabled: readFlag(reading, get("enabled"), undefined),
    trigger,
    parameters: readParameters(reading, get("parameters")),
    ...(jobVariables !== null && { jobVariables }),
    scheduleAfter: readScheduleAfter(reading, get("schedule_after")),
  };
}

/** The trigger as a document: the parser gives the same one back. */
export function deploymentTriggerDocument(given: DeploymentTrigger): JsonObject {
  const { name, description, enabled, trigger, parameters, jobVariables, scheduleAfter } = given;
  return {
    ...(name !== null && { name }),
    ...(description !== "" && { description }),
    ...(enabled !== undefined && { enabled }),
    ...triggerDocument(trigger),
    ...(parameters !== null && { parameters }),
    ...(jobVariables !== undefined && { job_variables: jobVariables }),
    ...(scheduleAfter > 0 && { schedule_after: scheduleAfter }),
  };
}
