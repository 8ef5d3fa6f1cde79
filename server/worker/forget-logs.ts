import sql from "sql-template-tag";
import type { Context } from "../context.ts";

const mostAtOnce = 10_000;

/** Deletes the log lines of ended runs that are older than the setting says. */
export async function forgetLogs(ctx: Context): Promise<number | undefined> {
  const gone = await ctx.db.query(sql`
    DELETE FROM log WHERE (flow_run_id, seq) IN (
      SELECT l.flow_run_id, l.seq FROM log l JOIN flow_run r ON r.id = l.flow_run_id
      WHERE r.ended_at < now() - ${ctx.settings.logRetention} * interval '1 day' LIMIT ${mostAtOnce})
    RETURNING seq`);
  return gone.length === mostAtOnce ? 100 : undefined;
}
