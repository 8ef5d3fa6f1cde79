import sql from "sql-template-tag";
import { StateConflictError } from "../../core/error.ts";
import { isFinal } from "../../core/flow-run/state.ts";
import type { Context } from "../context.ts";
import { changeRun } from "./change-run.ts";
import { stateFacts } from "./run.ts";

/**
 * Runs an ended run again as a new attempt: it asks afresh, and starts without stored task results.
 *
 * @returns the run's id
 * @throws NotFoundError
 * @throws StateConflictError NOT_FINISHED or NO_DEPLOYMENT
 */
export async function retry(ctx: Context, { flowRunId }: { flowRunId: string }): Promise<string> {
  return changeRun(ctx, flowRunId, (run) => {
    if (!isFinal(run.stateType)) {
      const message = `flow run ${run.id} is ${run.stateName}; only an ended run can be run again`;
      throw new StateConflictError("NOT_FINISHED", stateFacts(run), message);
    }
    if (run.deploymentId === null) {
      const message = `flow run ${run.id} has no deployment, so nothing could start it again`;
      throw new StateConflictError("NO_DEPLOYMENT", stateFacts(run), message);
    }
    return {
      go: true,
      change: {
        next: { type: "SCHEDULED", name: "AwaitingRetry", message: "Run again by hand." },
        newAttempt: true,
        lease: "end",
        scheduledFor: sql`locked.at`,
      },
      result: () => flowRunId,
    };
  });
}
