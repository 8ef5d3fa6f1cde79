import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import { loseExecution } from "../flow-run/lose-execution.ts";

/** How long a process may take to stop before its run is Cancelled without it. */
const patienceSeconds = 300;

/** Ends the cancellation of runs whose processes do not stop; what they still report changes nothing. */
export async function endCancelling(ctx: Context): Promise<undefined> {
  const stuck = await ctx.db.query<{ id: string; execution: number }>(sql`
    SELECT id, execution FROM flow_run
    WHERE state_type = 'CANCELLING' AND state_timestamp < clock_timestamp() - ${patienceSeconds} * interval '1 second'
    LIMIT 100`);
  for (const { id, execution } of stuck) {
    await loseExecution(ctx, {
      flowRunId: id,
      execution,
      reason: `Its process did not stop within ${patienceSeconds} s`,
    });
  }
}
