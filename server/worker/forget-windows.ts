import sql from "sql-template-tag";
import { forgottenAfter } from "../../core/trigger/bucket.ts";
import type { Context } from "../context.ts";

const mostAtOnce = 5_000;

/** Deletes the windows that have run out so long ago that they count as gone. The evaluator does not mind whether they are there. */
export async function forgetWindows(ctx: Context): Promise<number | undefined> {
  const gone = await ctx.db.query(sql`
    DELETE FROM bucket WHERE (trigger_id, key) IN (
      SELECT b.trigger_id, b.key FROM bucket b
      WHERE b.due_at IS NULL AND b."end" <= (SELECT event_clock FROM evaluator WHERE partition = 0) - ${forgottenAfter} * interval '1 millisecond'
      LIMIT ${mostAtOnce} FOR UPDATE SKIP LOCKED)
    RETURNING key`);
  return gone.length === mostAtOnce ? 100 : undefined;
}
