import { AsyncLocalStorage } from "node:async_hooks";
import { MissingRunContext, RunTimeout } from "../errors.ts";
import type { ActiveTimer } from "../flow/active-timer.ts";
import type { FlowRun } from "../flow-run/flow-run.ts";
import type { Attempt } from "./attempt.ts";
import type { Execution } from "./execution.ts";

/** Where a piece of code runs: in which execution, in which attempt of it, and in which call of a task. */
export interface Context {
  execution: Execution;
  attempt: Attempt;
  /**
   * Null in the flow's own code. `scope` names this call of the task in the keys of its questions; `limits` are its time
   * limit and those of the tasks that called it, which stand still while it asks.
   */
  task: { name: string; scope: string; limits: Set<ActiveTimer> } | null;
}

export const context = new AsyncLocalStorage<Context>();

/** Throws MissingRunContext where the code runs in no flow run. */
export function requireContext(call: string): Context {
  const found = context.getStore();
  if (found) return found;
  throw new MissingRunContext(
    `${call} works inside a flow run: call it in a function that was made with flow(…) and is being run, directly or by serve`,
  );
}

/**
 * Throws what stopped the run, if anything has. Of a run that was suspended from elsewhere, a task that runs already
 * may finish; only a `boundary` (a task's or subflow's start, a wait) ends it.
 */
export function checkContext(at: Context, boundary: boolean): void {
  const { stopped } = at.execution;
  if (stopped && (boundary || stopped.kind !== "suspended" || !at.task)) throw stopped.error;
  if (at.attempt !== at.execution.attempt) {
    throw new RunTimeout("this attempt of the run is over: it ran out of its timeoutSeconds");
  }
}

/** The answer of a request that the code makes; an error of what stops the run first, as `checkContext` has it. */
export function requested<T>(at: Context, request: Promise<T>): Promise<T> {
  return at.execution.during(request, (stop) => stop.kind !== "suspended" || !at.task);
}

/** The run that the code runs in. */
export interface RunContext {
  flowRun: FlowRun;
  flow: { name: string };
  /** Null for a flow that was simply called. */
  deployment: { id: string; name: string } | null;
}

/** The run around this code. Throws MissingRunContext outside a run. */
export function getRunContext(): RunContext {
  const { execution } = requireContext("getRunContext()");
  const { flowRun, flowName, deployment } = execution;
  return { flowRun, flow: { name: flowName }, deployment };
}
