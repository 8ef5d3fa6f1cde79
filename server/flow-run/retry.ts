import sql from "sql-template-tag";
import { StateConflictError } from "../../core/error.ts";
import { isFinal } from "../../core/flow-run/state.ts";
import type { Context } from "../context.ts";
import { changeRun, type Go } from "./change-run.ts";
import { type Run, stateFacts } from "./run.ts";

/**
 * Runs an ended run again as a new attempt: it asks afresh, and starts without stored task results.
 *
 * @returns the run's id
 * @throws NotFoundError
 * @throws StateConflictError NOT_FINISHED or NO_DEPLOYMENT
 */
export async function retry(ctx: Context, { flowRunId }: { flowRunId: string }): Promise<string> {
  await changeRun(ctx, flowRunId, (run) => decideRetry(run, "Run again by hand."));
  return flowRunId;
}

/** @throws StateConflictError NOT_FINISHED or NO_DEPLOYMENT */
export function decideRetry(run: Run, message: string): Go<true> {
  const refuse = (code: "NOT_FINISHED" | "NO_DEPLOYMENT", why: string) =>
    new StateConflictError(code, stateFacts(run), `flow run ${run.id} ${why}`);
  if (!isFinal(run.stateType))
    throw refuse("NOT_FINISHED", `is ${run.stateName}; only an ended run can be run again`);
  if (run.deploymentId === null)
    throw refuse("NO_DEPLOYMENT", "has no deployment, so nothing could start it again");
  return {
    go: true,
    change: {
      next: { type: "SCHEDULED", name: "AwaitingRetry", message },
      newAttempt: true,
      lease: "end",
      scheduledFor: sql`locked.at`,
    },
    result: () => true,
  };
}
