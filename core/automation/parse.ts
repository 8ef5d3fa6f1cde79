import { type Dialect, Reading } from "../document/reading.ts";
import type { ParseOptions } from "../trigger/parse.ts";
import type { TriggerLimits } from "../trigger/trigger-reading.ts";
import type { AutomationDefinition } from "./automation.ts";
import { refuseLoops } from "./loop-prevention.ts";
import { readAutomation } from "./read-automation.ts";

/**
 * Reads an automation's document, checks it whole and fills in what it leaves out. Of what it names, such as deployments, nothing is
 * looked up.
 *
 * @throws InvalidInputError with every problem; also where it would start itself again without end
 */
export function parseAutomationDocument(document: unknown, options: ParseOptions = {}): AutomationDefinition {
  return parse(document, options.dialect ?? "document", options);
}

/** The same of GraphQL's `AutomationInput`. */
export function parseAutomationInput(input: unknown, limits: TriggerLimits = {}): AutomationDefinition {
  return parse(input, "input", limits);
}

function parse(value: unknown, dialect: Dialect, limits: TriggerLimits): AutomationDefinition {
  const reading = new Reading(dialect, "the automation");
  const definition = reading.finish(readAutomation(reading, { value, path: [] }, limits));
  refuseLoops(definition);
  return definition;
}
