import sql, { type Sql } from "sql-template-tag";
import type { Action } from "../../core/automation/action.ts";
import { actionTarget } from "../../core/automation/action-kinds.ts";
import type { StoredAutomation } from "../../core/automation/automation.ts";
import { automationDocument } from "../../core/automation/document.ts";
import type { Noun } from "../../core/automation/noun.ts";
import { type SelectedTarget, selectedTargets } from "../../core/automation/related-resources.ts";
import { automationWarnings, unknownTarget } from "../../core/automation/warnings.ts";
import { inDocumentOrder } from "../../core/document/document-order.ts";
import type { Issue } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import { living } from "../block/living.ts";
import type { Context } from "../context.ts";
import { batched } from "../graphql/batch.ts";
import { readParameterWarnings } from "./parameter-warnings.ts";
import { readTemplateWarnings } from "./template-warnings.ts";

/** What is doubtful in an automation now, also that it names what is not there, and what can only fail. */
export async function readWarnings(ctx: Context, automation: StoredAutomation): Promise<Issue[]> {
  const [unknown, parameters, templates] = await Promise.all([
    unknownTargets(ctx, automation),
    readParameterWarnings(ctx, automation),
    readTemplateWarnings(ctx, automation),
  ]);
  return inDocumentOrder(
    [...automationWarnings(automation), ...unknown.map(unknownTarget), ...parameters, ...templates],
    automationDocument(automation),
  );
}

/** Whether something that its actions select is not there. */
export async function isBroken(ctx: Context, automation: StoredAutomation): Promise<boolean> {
  return (await unknownTargets(ctx, automation)).length > 0;
}

/** Whether what an action selects is not there. */
export async function isActionBroken(ctx: Context, action: Action): Promise<boolean> {
  const acted = actionTarget(action);
  if (acted === null || acted.target.source !== "selected") return false;
  return !(await there[acted.noun](ctx, acted.target.id.toLowerCase()));
}

async function unknownTargets(ctx: Context, automation: StoredAutomation): Promise<SelectedTarget[]> {
  const selected = selectedTargets(automation);
  const known = await Promise.all(selected.map(({ noun, id }) => there[noun](ctx, id)));
  return selected.filter((_, index) => !known[index]);
}

const there: Record<Noun, (ctx: Context, id: string) => Promise<boolean>> = {
  deployment: isThere((ids) => sql`SELECT id FROM deployment WHERE id = ANY (${ids}::uuid[])`),
  flowRun: isThere((ids) => sql`SELECT id FROM flow_run WHERE id = ANY (${ids}::uuid[])`),
  automation: isThere(
    (ids) => sql`SELECT id FROM automation WHERE id = ANY (${ids}::uuid[]) AND deleted_at IS NULL`,
  ),
  workPool: isThere((ids) => sql`SELECT id FROM work_pool WHERE id = ANY (${ids}::uuid[])`),
  workQueue: isThere((ids) => sql`SELECT id FROM work_queue WHERE id = ANY (${ids}::uuid[])`),
  block: isThere((ids) => sql`SELECT id FROM block WHERE id = ANY (${ids}::uuid[]) AND ${living}`),
};

/** Whether there is one of an id. @param find the ids of those that are there */
function isThere(find: (ids: string[]) => Sql) {
  return batched(async (ctx: Context, ids: string[]) => {
    const asked = [...new Set(ids.filter(isId))];
    const found = asked.length === 0 ? [] : await ctx.db.query<{ id: string }>(find(asked));
    const known = new Set(found.map(({ id }) => id));
    return ids.map((id) => known.has(id));
  });
}
