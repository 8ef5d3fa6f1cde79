import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import { changeSchedule } from "./change-schedule.ts";
import { deleteRunsAhead } from "./runs-ahead.ts";

/**
 * Puts a schedule into action or out of it. Out of it, the runs that it has made ahead are deleted; in action, it makes runs from now on. It
 * stays so when its deployment is registered again, unless the definition says otherwise.
 *
 * @returns its id
 * @throws NotFoundError
 */
export async function setScheduleActive(
  ctx: Context,
  { id, active }: { id: string; active: boolean },
): Promise<string> {
  await changeSchedule(ctx, id, async (tx, schedule) => {
    if (schedule.active === active && !schedule.stopped) return null;
    await tx.query(sql`
      UPDATE schedule SET active = ${active}, stopped = false, updated_at = now() WHERE id = ${schedule.id}::uuid`);
    return deleteRunsAhead(tx, [schedule.id]);
  });
  return id;
}
