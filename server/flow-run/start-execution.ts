import { StateConflictError } from "../../core/error.ts";
import { decide } from "../../core/flow-run/transition.ts";
import type { Context } from "../context.ts";
import { changeRun, type Step, stay } from "./change-run.ts";
import { requireCurrent } from "./execution.ts";
import { type Run, runFacts, stateFacts } from "./run.ts";

/** What a process is given with a run. */
export interface Execution {
  flowRunId: string;
  execution: number;
  attempt: number;
  /** An earlier execution of this attempt may have stored results and answers. */
  rerun: boolean;
}

/**
 * The process of a claimed run begins: Pending becomes Running. Doing it twice is doing it once.
 *
 * @throws NotFoundError
 * @throws StaleExecutionError
 * @throws StateConflictError NOT_RUNNING where the run was suspended or cancelled before: its code must not run
 */
export async function startExecution(
  ctx: Context,
  { flowRunId, execution }: { flowRunId: string; execution: number },
): Promise<Execution> {
  return changeRun(ctx, flowRunId, (run): Step<Execution> => {
    requireCurrent(run, execution);
    if (run.stateType === "RUNNING") return stay(executionOf(run));
    const decision =
      run.stateType === "PENDING"
        ? decide({ ...runFacts(run), scheduledFor: null }, { type: "RUNNING" }, run.now)
        : null;
    if (decision?.answer !== "accept") {
      const message = `flow run ${run.id} is ${run.stateName}: its code must not run now`;
      throw new StateConflictError("NOT_RUNNING", stateFacts(run), message);
    }
    return { go: true, change: { next: decision.next, lease: "renew" }, result: executionOf };
  });
}

export function executionOf(run: Run): Execution {
  return { flowRunId: run.id, execution: run.execution, attempt: run.attempt, rerun: run.execution > 1 };
}
