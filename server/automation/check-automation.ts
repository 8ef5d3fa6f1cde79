import sql from "sql-template-tag";
import type { AutomationDefinition } from "../../core/automation/automation.ts";
import { newAutomation } from "../../core/automation/change.ts";
import { parseAutomationDocument } from "../../core/automation/parse.ts";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { checkDefinition, triggerLimits } from "./check-definition.ts";
import { nameTaken } from "./name-taken.ts";
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
  try {
    const definition = parseAutomationDocument(document, triggerLimits(ctx.settings));
    await checkDefinition(ctx, definition);
    const taken = await takenName(ctx, definition, id);
    const warnings = await readWarnings(ctx, newAutomation(definition, ctx.newId));
    return { issues: taken, warnings };
  } catch (error) {
    if (error instanceof InvalidInputError) return { issues: error.issues, warnings: [] };
    throw error;
  }
}

async function takenName(
  ctx: Context,
  { name, ownerResource }: AutomationDefinition,
  id: string | null,
): Promise<readonly Issue[]> {
  const itself = id !== null && isId(id) ? id : null;
  const [other] = await ctx.db.query<{ owner: string | null }>(sql`
    SELECT other.owner_resource AS owner
    FROM automation other LEFT JOIN automation itself ON itself.id = ${itself}::uuid
    WHERE other.name = ${name} AND other.deleted_at IS NULL AND other.id IS DISTINCT FROM itself.id
      AND COALESCE(other.owner_resource, '') = COALESCE(itself.owner_resource, ${ownerResource ?? ""})
    LIMIT 1`);
  return other === undefined ? [] : nameTaken(name, other.owner).issues;
}
