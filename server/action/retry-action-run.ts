import sql from "sql-template-tag";
import { ActionNotFailedError, type ActionRunStatus, NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { addJob } from "./jobs.ts";

/**
 * Has an action run that failed be carried out again, under the id that it had: what it did already is not done twice, and what it
 * sends is what it sent. Its attempts are counted on.
 *
 * @returns its id
 * @throws NotFoundError
 * @throws ActionNotFailedError
 */
export async function retryActionRun(ctx: Context, id: string): Promise<string> {
  if (!isId(id)) throw new NotFoundError("action run", id);
  await ctx.db.transaction(async (tx) => {
    const [run] = await tx.query<{ status: ActionRunStatus }>(
      sql`SELECT status FROM action_run WHERE id = ${id}::uuid FOR UPDATE`,
    );
    if (run === undefined) throw new NotFoundError("action run", id);
    if (run.status !== "FAILED") throw new ActionNotFailedError(id, run.status);
    await tx.query(sql`
      UPDATE action_run SET status = 'PENDING', attempts_before = attempts, due_at = NULL, updated_at = clock_timestamp()
      WHERE id = ${id}::uuid`);
    await tx.query(addJob(id));
  });
  ctx.bus.notify("firings");
  return id.toLowerCase();
}
