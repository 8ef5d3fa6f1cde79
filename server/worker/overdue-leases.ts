import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import { loseExecution } from "../flow-run/lose-execution.ts";
import { leaseSeconds } from "../flow-run/write-transition.ts";

const mostAtOnce = 200;

/** No lease ends while no server was there to renew it: a starting server gives every lease a full period. */
export async function startLeasesAnew(ctx: Context): Promise<void> {
  await ctx.db.query(sql`
    UPDATE flow_run SET lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second' WHERE lease_until IS NOT NULL`);
}

/** Sweeps are five seconds apart: after so long without one this server was not there (its machine slept, say). */
const absence = 15_000; // milliseconds

/**
 * Work that ends overdue leases. After an absence of its own it gives every lease a full period instead: nobody could
 * renew one meanwhile.
 */
export function sweepLeases(ctx: Context, clock: () => number = Date.now): () => Promise<number | undefined> {
  let swept = clock();
  return async () => {
    const wasAway = clock() - swept > absence;
    const next = wasAway ? await startLeasesAnew(ctx).then(() => undefined) : await endOverdueLeases(ctx);
    swept = clock();
    return next;
  };
}

/** Ends what processes hold that have not renewed their lease. */
export async function endOverdueLeases(ctx: Context): Promise<number | undefined> {
  const overdue = await ctx.db.query<{ id: string; execution: number }>(sql`
    SELECT id, execution FROM flow_run WHERE lease_until < clock_timestamp() ORDER BY lease_until LIMIT ${mostAtOnce}`);
  for (const { id, execution } of overdue) {
    const reason = `Its process was not heard of for ${leaseSeconds} s`;
    await loseExecution(ctx, { flowRunId: id, execution, reason, onlyOverdue: true });
  }
  return overdue.length === mostAtOnce ? 0 : undefined;
}
