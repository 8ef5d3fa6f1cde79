import sql from "sql-template-tag";
import { decide } from "../../core/flow-run/transition.ts";
import type { Context } from "../context.ts";
import { changeRun, stay } from "../flow-run/change-run.ts";
import { runFacts } from "../flow-run/run.ts";
import { isSkipped } from "./skipped.ts";

const mostAtOnce = 200;

/**
 * Cancels the late runs that their schedules do not want any more (`catchUp`, `maxLateRuns`). No runner is given one of them in the
 * meantime.
 */
export async function skipLateRuns(ctx: Context): Promise<void> {
  for (;;) {
    const skipped = await ctx.db.query<{ id: string; catchUp: boolean; maxLateRuns: number | null }>(sql`
      SELECT r.id, c.catch_up, c.max_late_runs FROM schedule c JOIN flow_run r ON r.schedule_id = c.id
      WHERE (NOT c.catch_up OR c.max_late_runs IS NOT NULL) AND r.state_type = 'SCHEDULED' AND r.lease_until IS NULL AND ${isSkipped}
      ORDER BY r.scheduled_for LIMIT ${mostAtOnce}`);
    for (const { id, catchUp, maxLateRuns } of skipped) {
      const why = catchUp
        ? `its schedule keeps no more than ${maxLateRuns} late runs`
        : "its schedule catches up on nothing";
      await skip(ctx, id, `Skipped: nobody had taken it in time, and ${why}.`);
    }
    if (skipped.length < mostAtOnce) return;
  }
}

/** Nobody but a person can have come between, and then it is theirs. */
async function skip(ctx: Context, id: string, message: string): Promise<void> {
  await changeRun(ctx, id, (run) => {
    const waits =
      run.stateType === "SCHEDULED" && (run.stateName === "Scheduled" || run.stateName === "Late");
    if (!waits || run.leaseUntil !== null) return stay(undefined);
    const decision = decide(runFacts(run), { type: "CANCELLED", message }, run.now);
    if (decision.answer !== "accept") return stay(undefined);
    return { go: true, change: { next: decision.next, lease: "end" }, result: () => undefined };
  });
}
