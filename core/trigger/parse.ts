import type { Dialect } from "../document/reading.ts";
import { Reading } from "../document/reading.ts";
import { readTrigger } from "./read-trigger.ts";
import type { TriggerDefinition } from "./trigger.ts";
import type { TriggerLimits } from "./trigger-reading.ts";

export interface ParseOptions extends TriggerLimits {
  /** Default: `document`. */
  dialect?: Exclude<Dialect, "input">;
}

/**
 * Reads a trigger's document, checks it whole and fills in what it leaves out.
 *
 * @returns the trigger in its normal form: sets sorted and without repetition, times in seconds as they count
 * @throws InvalidInputError with every problem
 */
export function parseTriggerDocument(document: unknown, options: ParseOptions = {}): TriggerDefinition {
  return parse(document, options.dialect ?? "document", options);
}

/** The same of GraphQL's `TriggerInput`; that it has exactly one member is checked here too. */
export function parseTriggerInput(input: unknown, limits: TriggerLimits = {}): TriggerDefinition {
  return parse(input, "input", limits);
}

function parse(value: unknown, dialect: Dialect, limits: TriggerLimits): TriggerDefinition {
  const reading = new Reading(dialect, "the trigger");
  return reading.finish(readTrigger(reading, { value, path: [] }, limits), value);
}
