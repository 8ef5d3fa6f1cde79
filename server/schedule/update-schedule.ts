import sql from "sql-template-tag";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { changeSchedule } from "./change-schedule.ts";
import { checkSchedule } from "./check-schedules.ts";
import { rulesOf } from "./deployment-rules.ts";
import { whatChanged } from "./reconcile-schedules.ts";
import { storedAs } from "./row.ts";
import { deleteRunsAhead } from "./runs-ahead.ts";
import { updateSchedule as write } from "./write-schedule.ts";

/**
 * Replaces a schedule. One of the deployment's definition becomes that again when the deployment is registered the next time.
 *
 * @returns its id
 * @throws NotFoundError
 * @throws InvalidInputError
 */
export async function updateSchedule(
  ctx: Context,
  { id, schedule }: { id: string; schedule: unknown },
): Promise<string> {
  const [found] = isId(id)
    ? await ctx.db.query<{ deploymentId: string }>(
        sql`SELECT deployment_id FROM schedule WHERE id = ${id}::uuid`,
      )
    : [];
  const rules = found === undefined ? null : await rulesOf(ctx, found.deploymentId);
  const definition = await checkSchedule(ctx, schedule, { path: ["schedule"], deployment: rules });
  await changeSchedule(ctx, id, async (tx, row) => {
    const stored = storedAs(definition, row, ctx.now());
    const change = whatChanged(row, stored);
    if (change === "nothing") return null;
    await write(tx, row.id, stored, row.place);
    return change === "its runs" ? deleteRunsAhead(tx, [row.id]) : [];
  });
  return id;
}
