import type { AutomationDefinition } from "../../core/automation/automation.ts";
import {
  type AutomationReading,
  readAutomationDocument,
  readAutomationInput,
} from "../../core/automation/parse.ts";
import { inDocumentOrder } from "../../core/document/document-order.ts";
import { type Dialect, invalid } from "../../core/document/reading.ts";
import type { Context } from "../context.ts";
import { triggerLimits } from "./check-definition.ts";
import { templateIssues } from "./check-templates.ts";
import { jobVariableProblems } from "./job-variables.ts";
import { takenName } from "./name-taken.ts";

/**
 * What a document says, and all that is wrong with it: with its form, its templates, and its job variables. What of it can be read is
 * judged whatever is wrong with the rest.
 */
export function judgeDocument(ctx: Context, document: unknown): Promise<AutomationReading> {
  const read = readAutomationDocument(document, triggerLimits(ctx.settings));
  return judge(ctx, read, document, "document");
}

/** The automation that a definition is to be, where its name must be free: a new one without an id. Null where it need not be. */
type Named = { readonly id: string | null } | null;

/** @throws InvalidInputError with every problem */
export async function readDocument(
  ctx: Context,
  document: unknown,
  named: Named = null,
): Promise<AutomationDefinition> {
  return whole(ctx, await judgeDocument(ctx, document), document, named);
}

/** The same of typed input, whose paths are those of the problems. @throws InvalidInputError with every problem */
export async function readInput(ctx: Context, input: unknown, named: Named): Promise<AutomationDefinition> {
  const read = readAutomationInput(input, triggerLimits(ctx.settings));
  return whole(ctx, await judge(ctx, read, input, "input"), input, named);
}

async function judge(
  ctx: Context,
  { definition, issues }: AutomationReading,
  given: unknown,
  dialect: Dialect,
): Promise<AutomationReading> {
  const more = await Promise.all([
    templateIssues(ctx, definition, dialect),
    jobVariableProblems(ctx.db, definition, dialect),
  ]);
  return { definition, issues: inDocumentOrder([...issues, ...more.flat()], given) };
}

/** Whether its name is free is seen when it is stored; with other problems, now. */
async function whole(
  ctx: Context,
  { definition, issues }: AutomationReading,
  given: unknown,
  named: Named,
): Promise<AutomationDefinition> {
  if (issues.length === 0) return definition;
  const taken = named === null ? [] : await takenName(ctx, definition, named.id);
  throw invalid(inDocumentOrder([...issues, ...taken], given));
}
