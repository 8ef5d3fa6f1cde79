import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import { lockFailed } from "./lock-failed.ts";

/**
 * Notes of an action run that failed that nothing is to be done about it. Of one that is discarded already the time stays.
 *
 * @returns its id
 * @throws NotFoundError
 * @throws ActionNotFailedError
 */
export async function discardActionRun(ctx: Context, id: string): Promise<string> {
  await ctx.db.transaction(async (tx) => {
    await lockFailed(tx, id);
    await tx.query(sql`
      UPDATE action_run SET discarded_at = clock_timestamp(), updated_at = clock_timestamp()
      WHERE id = ${id}::uuid AND discarded_at IS NULL`);
  });
  ctx.bus.notify("firings");
  return id.toLowerCase();
}
