import { newAutomation } from "../../core/automation/change.ts";
import { inDocumentOrder } from "../../core/document/document-order.ts";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import { leadsTo } from "../../core/json-schema/leads-to.ts";
import type { Context } from "../context.ts";
import { checkDefinition } from "./check-definition.ts";
import { takenName } from "./name-taken.ts";
import { judgeDocument } from "./read-definition.ts";
import { readWarnings } from "./read-warnings.ts";

/** What saving a document would say. */
export interface AutomationCheck {
  readonly issues: readonly Issue[];
  readonly warnings: readonly Issue[];
}

/**
 * Looks at an automation's document as saving it would, and stores nothing.
 *
 * @param id the automation that it would replace; null for a new one
 */
export async function checkAutomation(
  ctx: Context,
  document: unknown,
  id: string | null,
): Promise<AutomationCheck> {
  const { definition, issues: found } = await judgeDocument(ctx, document);
  const issues = [...found, ...(await takenName(ctx, definition, id))];
  if (issues.length === 0) issues.push(...(await refusals(() => checkDefinition(ctx, definition))));
  const warnings = await readWarnings(ctx, newAutomation(definition, ctx.newId));
  return {
    issues: inDocumentOrder(issues, document),
    warnings: inDocumentOrder(warnings.filter(standing(found)), document),
  };
}

async function refusals(work: () => Promise<void>): Promise<readonly Issue[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (error instanceof InvalidInputError) return error.issues;
    throw error;
  }
}

/** Of what was not read whole, a stand-in was looked at: what is doubtful in that says nothing. */
function standing(issues: readonly Issue[]): (warning: Issue) => boolean {
  const isRead = (part: string) => !issues.some(({ path: [field] }) => field === undefined || field === part);
  const isWhole = issues.length === 0;
  return ({ path }) => {
    const [part = "", ...inner] = path;
    if (part === "trigger") return isRead("trigger");
    // Whether a whole action makes sense may be the trigger's doing.
    if (inner.length < 2 || inner.at(-1) === "source") return isWhole;
    return !issues.some((issue) => leadsTo(issue.path, path));
  };
}
