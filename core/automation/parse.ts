import { inDocumentOrder } from "../document/document-order.ts";
import { type Dialect, invalid, Reading } from "../document/reading.ts";
import type { Issue } from "../error.ts";
import type { ParseOptions } from "../trigger/parse.ts";
import type { TriggerLimits } from "../trigger/trigger-reading.ts";
import type { AutomationDefinition } from "./automation.ts";
import { loopIssues } from "./loop-prevention.ts";
import { readAutomation } from "./read-automation.ts";

/** What was read of a definition. */
export interface AutomationReading {
  /** With stand-ins for what could not be read. */
  readonly definition: AutomationDefinition;
  /** Every problem, in the order of what was given. */
  readonly issues: readonly Issue[];
}

/**
 * Reads an automation's document, checks it whole and fills in what it leaves out. Of what it names, such as deployments, nothing is
 * looked up.
 *
 * @throws InvalidInputError with every problem; also where it would start itself again without end
 */
export function parseAutomationDocument(document: unknown, options: ParseOptions = {}): AutomationDefinition {
  return whole(readAutomationDocument(document, options));
}

/** The same of GraphQL's `AutomationInput`. */
export function parseAutomationInput(input: unknown, limits: TriggerLimits = {}): AutomationDefinition {
  return whole(readAutomationInput(input, limits));
}

/** The same of a document that may be wrong, so that what is right in it can be looked at further. */
export function readAutomationDocument(document: unknown, options: ParseOptions = {}): AutomationReading {
  return read(document, options.dialect ?? "document", options);
}

/** The same of GraphQL's `AutomationInput`. */
export function readAutomationInput(input: unknown, limits: TriggerLimits = {}): AutomationReading {
  return read(input, "input", limits);
}

function read(value: unknown, dialect: Dialect, limits: TriggerLimits): AutomationReading {
  const reading = new Reading(dialect, "the automation");
  const definition = readAutomation(reading, { value, path: [] }, limits);
  // Of a trigger or a switch that was not read whole nothing follows.
  const isUnsure = reading.issues.some(({ path: [field] }) => field !== "name" && !isOfActions(field));
  const issues = isUnsure ? reading.issues : [...reading.issues, ...loopIssues(definition)];
  return { definition, issues: inDocumentOrder(issues, value) };
}

function isOfActions(field: string | undefined): boolean {
  return field !== undefined && ["actions", "actions_on_trigger", "actions_on_resolve"].includes(field);
}

function whole({ definition, issues }: AutomationReading): AutomationDefinition {
  if (issues.length > 0) throw invalid([...issues]);
  return definition;
}
