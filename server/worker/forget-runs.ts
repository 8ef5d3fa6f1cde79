import sql from "sql-template-tag";
import type { Context } from "../context.ts";

const mostAtOnce = 500;

/** Deletes runs that ended longer ago than the setting says, with all that belongs to them. */
export async function forgetRuns(ctx: Context): Promise<number | undefined> {
  const gone = await ctx.db.query(sql`
    DELETE FROM flow_run WHERE id IN (
      SELECT id FROM flow_run WHERE ended_at < now() - ${ctx.settings.runRetention} * interval '1 day' LIMIT ${mostAtOnce})
    RETURNING id`);
  return gone.length === mostAtOnce ? 100 : undefined;
}
