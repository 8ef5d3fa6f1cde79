import { longestStateMessage } from "../../core/flow-run/state.ts";
import { Attempt } from "../execution/attempt.ts";
import type { Execution } from "../execution/execution.ts";
import { proposeState } from "../execution/propose-state.ts";
import { sleep } from "../execution/sleep.ts";
import { lost, stopOfState } from "../execution/stop.ts";
import type { FlowDefinition } from "./definition.ts";
import { retryDelay } from "./retry-delay.ts";
import { type Outcome, runAttempt } from "./run-attempt.ts";

/**
 * Runs a flow's code to the end of its run, over its retries. Returns what the code returned; throws what it threw, or
 * what ended its part: RunSuspended, RunCancelled, PauseTimeout, RunLost.
 */
export async function runExecution(
  execution: Execution,
  definition: FlowDefinition,
  parse: () => Promise<unknown>,
): Promise<unknown> {
  await execution.open();
  try {
    for (;;) {
      const outcome = await runParsed(execution, definition, parse);
      if (execution.stopped?.kind === "suspended") await Promise.allSettled([...execution.attempt.running]);
      if (execution.stopped) return await leave(execution);
      if (outcome.kind === "returned") return await complete(execution, outcome.value);
      if (execution.attempt.number > definition.retries) return await fail(execution, outcome);
      await retry(execution, definition, outcome);
      if (execution.stopped) return await leave(execution);
    }
  } finally {
    execution.close();
  }
}

async function runParsed(
  execution: Execution,
  definition: FlowDefinition,
  parse: () => Promise<unknown>,
): Promise<Outcome> {
  let parameters: unknown;
  try {
    parameters = await parse();
  } catch (error) {
    return { kind: "threw", error, timedOut: false };
  }
  return runAttempt(execution, definition, parameters);
}

async function complete(execution: Execution, value: unknown): Promise<unknown> {
  await execution.settle(true);
  if (await proposeState(execution, { type: "COMPLETED" })) return value;
  return leave(execution);
}

async function fail(
  execution: Execution,
  { error, timedOut }: Extract<Outcome, { kind: "threw" }>,
): Promise<never> {
  execution.logs.add(40, `flow.${execution.flowName}`, `the flow failed: ${stackOf(error)}`);
  await execution.settle(false);
  const state = timedOut ? { type: "FAILED" as const, name: "TimedOut" } : { type: "FAILED" as const };
  if (await proposeState(execution, { ...state, message: messageOf(error) })) throw error;
  return leave(execution);
}

async function retry(
  execution: Execution,
  definition: FlowDefinition,
  { error }: Extract<Outcome, { kind: "threw" }>,
): Promise<void> {
  const { number } = execution.attempt;
  const delay = retryDelay(definition.retryDelaySeconds, number);
  const line = `attempt ${number} failed, the next of ${definition.retries + 1} begins in ${delay} s: ${stackOf(error)}`;
  execution.logs.add(30, `flow.${execution.flowName}`, line);
  await execution.settle(false);
  const waits = {
    type: "SCHEDULED" as const,
    name: "AwaitingRetry",
    message: messageOf(error),
    retryAfter: delay,
  };
  if (!(await proposeState(execution, waits))) return;
  try {
    await sleep(execution, delay);
  } catch {
    return; // it was stopped meanwhile
  }
  const state = await proposeState(execution, { type: "RUNNING", name: "Retrying" });
  if (state) execution.attempt = new Attempt(state.attempt, false);
}

/** Ends the code's part of a run that somebody or something else has ended, suspended or taken. */
async function leave(execution: Execution): Promise<never> {
  const stop =
    execution.stopped ??
    stopOfState(execution.flowRun.state, false) ??
    lost("the run's end was not accepted");
  await execution.settle(false);
  if (stop.kind === "cancelled" && !execution.flowRun.state.isFinal()) {
    await proposeState(execution, { type: "CANCELLED" });
  }
  throw stop.error;
}

/** No longer than the server keeps it. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  return message.slice(0, longestStateMessage);
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
}
