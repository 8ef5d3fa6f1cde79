import { beginExecution } from "../execution/begin-execution.ts";
import { type Context, checkContext } from "../execution/context.ts";
import { derivedId } from "../execution/derived-id.ts";
import type { Execution } from "../execution/execution.ts";
import { keepLease } from "../execution/lease.ts";
import { logLine } from "../log/logger.ts";
import { readResult, storeResult } from "../task/stored-result.ts";
import type { ActiveTimer } from "./active-timer.ts";
import type { FlowDefinition } from "./definition.ts";
import { parseParameters, shownParameters } from "./parameters.ts";
import { runExecution } from "./run-execution.ts";

/**
 * Runs a flow that was called inside a run. Its run's id is derived from the caller's, so that a caller that runs again
 * goes on with the same one, or takes the result of a finished one from the store.
 */
export function callSubflow(at: Context, definition: FlowDefinition, given: unknown): Promise<unknown> {
  const call = at.attempt.count(`subflow ${definition.name}`);
  return at.attempt.track(runSubflow(at, definition, given, call));
}

async function runSubflow(
  at: Context,
  definition: FlowDefinition,
  given: unknown,
  call: number,
): Promise<unknown> {
  checkContext(at, true);
  const key = `flow ${definition.name} #${call}`;
  const stored = await readResult(at, key);
  if (stored) return stored.value;
  const parameters = await parseParameters(definition, given);
  const execution = await begin(at, definition, given, call);
  const release = keepLease(execution);
  const { limits = new Set<ActiveTimer>() } = at.task ?? {};
  const unlisten = execution.listenAnyWaiting((waiting) => {
    for (const limit of limits) limit.standStill(waiting);
  });
  try {
    const value = await runExecution(execution, definition, async () => parameters);
    await storeResult(at, key, `subflow ${definition.name}`, value);
    return value;
  } finally {
    unlisten();
    release();
  }
}

async function begin(
  at: Context,
  definition: FlowDefinition,
  given: unknown,
  call: number,
): Promise<Execution> {
  const place = [at.execution.id, at.attempt.number, definition.name, call];
  for (let round = 1; ; round++) {
    const id = derivedId([...place, ...(round > 1 ? [round] : [])]);
    const run = {
      id,
      flowName: definition.name,
      parameters: shownParameters(given),
      parent: at.execution.ref,
    };
    const begun = await at.execution.during(beginExecution(run, at.execution));
    if (begun.kind === "begun") return begun.execution;
    // It ended before its caller did, and its result was not stored: it failed, or returned what is no JSON.
    logLine(at, 30, `subflow ${definition.name} runs again, since no result of its earlier run is stored`);
  }
}
