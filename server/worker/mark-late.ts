import sql from "sql-template-tag";
import { decide } from "../../core/flow-run/transition.ts";
import type { Context } from "../context.ts";
import { changeRun, stay } from "../flow-run/change-run.ts";
import { runFacts } from "../flow-run/run.ts";
import { patience } from "../schedule/skipped.ts";

const mostAtOnce = 100;

/**
 * Makes runs Late that should have begun and that no runner has taken; they can be claimed as before. Those that were
 * suspended, or that will be retried, wait under another name and never are.
 *
 * @returns milliseconds until the next one is; undefined where none is near
 */
export async function markLateRuns(ctx: Context): Promise<number | undefined> {
  for (;;) {
    const late = await ctx.db.query<{ id: string }>(sql`
      SELECT id FROM flow_run WHERE state_type = 'SCHEDULED' AND state_name = 'Scheduled' AND deployment_id IS NOT NULL
        AND scheduled_for <= statement_timestamp() - ${patience} * interval '1 second'
      ORDER BY scheduled_for LIMIT ${mostAtOnce}`);
    for (const { id } of late) await markLate(ctx, id);
    if (late.length < mostAtOnce) break;
  }
  const [next] = await ctx.db.query<{ wait: number | null }>(sql`
    SELECT ceil(extract(epoch FROM min(scheduled_for) + ${patience} * interval '1 second' - clock_timestamp()) * 1000)::float8 AS wait
    FROM flow_run WHERE state_type = 'SCHEDULED' AND state_name = 'Scheduled' AND deployment_id IS NOT NULL`);
  return next?.wait ?? undefined;
}

/** Where a runner takes it at the same moment, the run is the runner's. */
async function markLate(ctx: Context, id: string): Promise<void> {
  await changeRun(ctx, id, (run) => {
    const due = run.scheduledFor === null ? Number.POSITIVE_INFINITY : run.scheduledFor.getTime();
    const isLate = due + patience * 1000 <= run.now.getTime();
    // Whoever has come between made something else of it: then it is Scheduled no more, or anew.
    if (!isLate || run.stateType !== "SCHEDULED" || run.stateName !== "Scheduled") return stay(undefined);
    const decision = decide(runFacts(run), { type: "SCHEDULED", name: "Late" }, run.now);
    if (decision.answer !== "accept") return stay(undefined);
    return {
      go: true,
      change: { next: decision.next, scheduledFor: sql`r.scheduled_for` },
      result: () => undefined,
    };
  });
}
