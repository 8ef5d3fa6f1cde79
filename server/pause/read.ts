import sql, { type Sql } from "sql-template-tag";
import type { Context } from "../context.ts";

/** How many answers to the pause key of this asking the code has refused in its attempt. */
export async function countRefusals(
  ctx: Context,
  asking: { pauseId: string } | { flowRunId: string; key: string },
): Promise<number> {
  const named: Sql =
    "pauseId" in asking
      ? sql`asked.id = ${asking.pauseId}::uuid`
      : sql`asked.flow_run_id = ${asking.flowRunId}::uuid AND asked.key = ${asking.key}`;
  const [counted] = await ctx.db.query<{ refusals: number }>(sql`
    SELECT count(*) AS refusals FROM pause asked JOIN pause refused USING (flow_run_id, attempt, pause_key)
    WHERE ${named} AND refused.status = 'REFUSED'`);
  return counted?.refusals ?? 0;
}
