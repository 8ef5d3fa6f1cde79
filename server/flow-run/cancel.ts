import sql from "sql-template-tag";
import { StateConflictError } from "../../core/error.ts";
import { isFinal } from "../../core/flow-run/state.ts";
import { decide } from "../../core/flow-run/transition.ts";
import type { Context } from "../context.ts";
import { closePause } from "../pause/pause.ts";
import { changeRun, type Step, stay } from "./change-run.ts";
import { type Run, runFacts, stateFacts } from "./run.ts";

/**
 * Cancels a run and the runs that it started. A run that no process has is Cancelled at once, another one is Cancelling
 * until its process is gone.
 *
 * @returns the run's id, also where it was cancelled before
 * @throws NotFoundError
 * @throws StateConflictError FINISHED where it has ended otherwise
 */
export async function cancel(ctx: Context, { flowRunId }: { flowRunId: string }): Promise<string> {
  await changeRun(ctx, flowRunId, (run) => decideCancel(run));
  await cancelChildren(ctx, flowRunId);
  return flowRunId;
}

/**
 * @returns whether it is cancelled by this
 * @throws StateConflictError FINISHED where it has ended otherwise
 */
export function decideCancel(run: Run, message: string | null = null): Step<boolean> {
  if (run.stateType === "CANCELLING" || run.stateType === "CANCELLED") return stay(false);
  if (isFinal(run.stateType)) {
    throw new StateConflictError(
      "FINISHED",
      stateFacts(run),
      `flow run ${run.id} has ended as ${run.stateName}`,
    );
  }
  const decision = decide(runFacts(run), { type: "CANCELLING", message }, run.now);
  if (decision.answer !== "accept") return stay(false);
  const also = run.pauseId === null ? [] : [closePause(run.pauseId, "ENDED")];
  const lease = decision.next.type === "CANCELLED" ? ({ lease: "end" } as const) : {};
  return {
    go: true,
    change: {
      next: decision.next,
      intended: "CANCELLING",
      ...lease,
      also,
      waitChanged: run.pauseId !== null,
    },
    result: () => true,
  };
}

/** Whether the run `c` is to be cancelled now that its parent `p` is as it is. */
export const endsWithParent = sql`((p.state_type IN ('CANCELLING', 'CANCELLED') AND c.on_parent_final IS DISTINCT FROM 'KEEP')
  OR (p.state_type IN ('COMPLETED', 'FAILED', 'CRASHED') AND c.on_parent_final = 'CANCEL'))`;

/** Cancels the unfinished runs that a run started which is being cancelled or has ended, as they were made to be. */
export async function cancelChildren(ctx: Context, flowRunId: string): Promise<void> {
  const children = await ctx.db.query<{ id: string }>(sql`
    SELECT c.id FROM flow_run c JOIN flow_run p ON p.id = c.parent_id
    WHERE c.parent_id = ${flowRunId}::uuid AND ${endsWithParent}
      AND c.state_type NOT IN ('CANCELLING', 'CANCELLED', 'COMPLETED', 'FAILED', 'CRASHED')`);
  for (const { id } of children) {
    // It may end by itself between the two: then there is nothing to cancel.
    await cancel(ctx, { flowRunId: id }).catch((error: unknown) => {
      if (!(error instanceof StateConflictError)) throw error;
    });
  }
}
