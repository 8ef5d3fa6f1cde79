import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import { expirePause } from "../pause/expire-pause.ts";

const mostAtOnce = 100;

/** Ends the waits whose deadline has come. @returns milliseconds until the next deadline; undefined where none is near */
export async function expireWaits(ctx: Context): Promise<number | undefined> {
  for (;;) {
    const over = await ctx.db.query<{ flowRunId: string }>(sql`
      SELECT flow_run_id FROM pause WHERE status = 'OPEN' AND expires_at <= clock_timestamp() ORDER BY expires_at LIMIT ${mostAtOnce}`);
    for (const { flowRunId } of over) await expirePause(ctx, flowRunId);
    if (over.length < mostAtOnce) break;
  }
  const [next] = await ctx.db.query<{ wait: number | null }>(sql`
    SELECT ceil(extract(epoch FROM min(expires_at) - clock_timestamp()) * 1000)::float8 AS wait FROM pause
    WHERE status = 'OPEN' AND expires_at IS NOT NULL`);
  return next?.wait ?? undefined;
}
