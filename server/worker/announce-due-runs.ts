import sql from "sql-template-tag";
import type { Context } from "../context.ts";

const waits = sql`state_type = 'SCHEDULED' AND lease_until IS NULL`;

/**
 * Work that wakes the runners when a run that was scheduled for later has become due since it last looked. It answers with
 * the milliseconds until the next one is; undefined where none is near.
 */
export function announceDueRuns(ctx: Context): () => Promise<number | undefined> {
  let looked = new Date(0);
  return async () => {
    const [runs] = await ctx.db.query<{ now: Date; due: boolean; wait: number | null }>(sql`
      WITH moment AS MATERIALIZED (SELECT clock_timestamp() AS now)
      SELECT now, EXISTS (
          SELECT FROM flow_run WHERE ${waits} AND scheduled_for <= now AND scheduled_for > ${looked}::timestamptz) AS due,
        ceil(extract(epoch FROM (SELECT min(scheduled_for) FROM flow_run WHERE ${waits} AND scheduled_for > now) - now) * 1000)::float8 AS wait
      FROM moment`);
    if (runs === undefined) return undefined;
    looked = runs.now;
    if (runs.due) ctx.bus.notify("claimable");
    return runs.wait ?? undefined;
  };
}
