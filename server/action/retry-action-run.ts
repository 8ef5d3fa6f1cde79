import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import { addJob } from "./jobs.ts";
import { lockFailed } from "./lock-failed.ts";

/**
 * Has an action run that failed be carried out again, under the id that it had: what it did already is not done twice, and what it
 * sends is what it sent. Its attempts are counted on.
 *
 * @returns its id
 * @throws NotFoundError
 * @throws ActionNotFailedError
 */
export async function retryActionRun(ctx: Context, id: string): Promise<string> {
  await ctx.db.transaction(async (tx) => {
    await lockFailed(tx, id);
    await tx.query(sql`
      UPDATE action_run SET status = 'PENDING', attempts_before = attempts, due_at = NULL, discarded_at = NULL,
        updated_at = clock_timestamp()
      WHERE id = ${id}::uuid`);
    await tx.query(addJob(id));
  });
  ctx.bus.notify("firings");
  return id.toLowerCase();
}
