import { NotFoundError, StaleExecutionError } from "../../core/error.ts";
import { isFinal } from "../../core/flow-run/state.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { findRun, type Run, stateFacts } from "./run.ts";

/** The execution that calls: a run and the number under which a process holds it. */
export interface ExecutionRef {
  flowRunId: string;
  execution: number;
}

/**
 * Refuses the call of a process that no longer holds its run.
 *
 * @throws StaleExecutionError where a newer execution has taken the run, or the run has ended
 */
export function requireCurrent(run: Run, execution: number): void {
  if (run.execution !== execution) {
    throw new StaleExecutionError(
      stateFacts(run),
      `execution ${execution} of flow run ${run.id} has been replaced by execution ${run.execution}: this process must stop`,
    );
  }
  if (isFinal(run.stateType)) {
    throw new StaleExecutionError(
      stateFacts(run),
      `flow run ${run.id} has ended as ${run.stateName}: this process must stop`,
    );
  }
}

/**
 * The run of the process that calls.
 *
 * @throws NotFoundError
 * @throws StaleExecutionError where that process no longer holds it
 */
export async function findCurrent(db: Executor, ref: ExecutionRef): Promise<Run> {
  const run = await findRun(db, ref.flowRunId);
  if (run === null) throw new NotFoundError("flow run", ref.flowRunId);
  requireCurrent(run, ref.execution);
  return run;
}

/**
 * Refuses the call of a process that no longer holds its run.
 *
 * @returns the resource id of the run, as a sender or submitter is named
 * @throws NotFoundError
 * @throws StaleExecutionError
 */
export async function requireCurrentExecution(ctx: Context, ref: ExecutionRef): Promise<string> {
  return `prefect.flow-run.${(await findCurrent(ctx.db, ref)).id}`;
}
