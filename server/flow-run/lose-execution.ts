import sql from "sql-template-tag";
import { afterLoss } from "../../core/flow-run/loss.ts";
import { isFinal } from "../../core/flow-run/state.ts";
import type { Context } from "../context.ts";
import { closePause } from "../pause/pause.ts";
import { cancelChildren } from "./cancel.ts";
import { changeRun, type Step, stay } from "./change-run.ts";
import { findRun, type Run, stateOf } from "./run.ts";

interface Loss {
  flowRunId: string;
  /** Only this execution is lost; a newer one goes on. */
  execution: number;
  reason: string;
  shutdown?: boolean;
  /** Its process could not be begun, or ended by an error before the run had begun. */
  broken?: boolean;
  /** Only where the lease has run out. */
  onlyOverdue?: boolean;
}

/**
 * The process of an execution is gone: the run goes where `afterLoss` says, or drops its lease and stays. Its subflows,
 * which ran in the same process, are lost with it.
 */
export async function loseExecution(ctx: Context, loss: Loss): Promise<void> {
  const { flowRunId, execution, reason, shutdown = false, broken = false } = loss;
  const isLost = await changeRun<boolean>(ctx, flowRunId, async (run): Promise<Step<boolean>> => {
    if (run.execution !== execution) return stay(false);
    if (run.leaseUntil === null && run.stateType !== "CANCELLING") return stay(false);
    if (loss.onlyOverdue && run.leaseUntil !== null && run.leaseUntil > run.now) return stay(false);
    // Read after the run: an answer that comes later changes its state, so all of this is decided anew.
    const next = (await parentGoesOn(ctx, flowRunId))
      ? null
      : afterLoss({
          state: stateOf(run),
          hasDeployment: run.deploymentId !== null,
          undeliveredAnswer: await hasUndeliveredAnswer(ctx, flowRunId),
          reason,
          shutdown,
          broken,
        });
    if (next === null) {
      await endLease(ctx, run);
      return stay(true);
    }
    const staysPaused = next.type === "PAUSED";
    const close = run.pauseId !== null && !staysPaused ? [closePause(run.pauseId, "ENDED")] : [];
    return {
      go: true,
      change: {
        next,
        lease: "end",
        also: close,
        waitChanged: close.length > 0,
        ...(next.type === "SCHEDULED" ? { scheduledFor: sql`locked.at` } : {}),
      },
      result: () => true,
    };
  });
  await cancelChildren(ctx, flowRunId);
  if (!isLost) return;
  for (const subflow of await unfinishedSubflows(ctx, flowRunId))
    await loseExecution(ctx, { ...loss, ...subflow });
}

function unfinishedSubflows(
  ctx: Context,
  parentId: string,
): Promise<{ flowRunId: string; execution: number }[]> {
  return ctx.db.query(sql`
    SELECT id AS flow_run_id, execution FROM flow_run WHERE parent_id = ${parentId}::uuid AND subflow
      AND lease_until IS NOT NULL AND state_type NOT IN ('COMPLETED', 'FAILED', 'CRASHED', 'CANCELLED')`);
}

async function endLease(ctx: Context, run: Run): Promise<void> {
  await ctx.db.query(sql`UPDATE flow_run SET lease_until = NULL WHERE id = ${run.id}::uuid AND execution = ${run.execution}
    AND state_id = ${run.stateId}::uuid`);
  ctx.bus.notify("claimable");
}

/** A subflow lives and ends with its parent: while that one waits to run again, the subflow keeps its state. */
async function parentGoesOn(ctx: Context, flowRunId: string): Promise<boolean> {
  const run = await findRun(ctx.db, flowRunId);
  if (!run?.subflow || run.parentId === null) return false;
  const parent = await findRun(ctx.db, run.parentId);
  if (parent === null || isFinal(parent.stateType)) return false;
  return (
    parent.stateType === "SCHEDULED" || parent.stateType === "PENDING" || parent.stateName === "Suspended"
  );
}

async function hasUndeliveredAnswer(ctx: Context, flowRunId: string): Promise<boolean> {
  const found = await ctx.db.query(sql`
    SELECT FROM pause p JOIN run_input a ON a.id = p.answer_id JOIN flow_run r ON r.id = p.flow_run_id
    WHERE p.flow_run_id = ${flowRunId}::uuid AND p.attempt = r.attempt AND a.status = 'PENDING' LIMIT 1`);
  return found.length > 0;
}
