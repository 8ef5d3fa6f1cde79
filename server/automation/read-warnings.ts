import sql from "sql-template-tag";
import type { StoredAutomation } from "../../core/automation/automation.ts";
import { selectedDeployments } from "../../core/automation/related-resources.ts";
import { automationWarnings, unknownDeployment } from "../../core/automation/warnings.ts";
import type { Issue } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { batched } from "../graphql/batch.ts";

/** What is doubtful in an automation now, also that it names what is not there. */
export async function readWarnings(ctx: Context, automation: StoredAutomation): Promise<Issue[]> {
  const selected = selectedDeployments(automation);
  const known = await Promise.all(selected.map(({ id }) => isDeployment(ctx, id)));
  const unknown = selected.filter((_, index) => !known[index]);
  return [...automationWarnings(automation), ...unknown.map(({ id, path }) => unknownDeployment(id, path))];
}

const isDeployment = batched(async (ctx: Context, ids: string[]) => {
  const asked = [...new Set(ids.filter(isId))];
  const found =
    asked.length === 0
      ? []
      : await ctx.db.query<{ id: string }>(sql`SELECT id FROM deployment WHERE id = ANY (${asked}::uuid[])`);
  const there = new Set(found.map(({ id }) => id));
  return ids.map((id) => there.has(id));
});
