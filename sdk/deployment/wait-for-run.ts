import { socketClient } from "../client/client.ts";
import { RunWaitTimeout } from "../errors.ts";
import { checkContext, context, requested } from "../execution/context.ts";
import type { FlowRun } from "../flow-run/flow-run.ts";
import { requireCompleted, waitForEnd } from "./wait-for-end.ts";

/** How long a run is waited for. */
export interface WaitForRunOptions {
  /** Seconds; 10,800 (3 hours) where it is left out, null for no end. */
  timeout?: number | null;
  /** Whether a run that has not completed is an error, RunFailed; false by default. */
  throwOnFailure?: boolean;
}

const defaultTimeout = 10_800;

/**
 * The run once it has ended, also where it had before. A lost connection only delays the answer. Throws NotFound for an unknown
 * run, and RunWaitTimeout where it has not ended in time.
 */
export async function waitForRun(id: string, options: WaitForRunOptions = {}): Promise<FlowRun> {
  const { timeout = defaultTimeout } = options;
  if (timeout !== null && !(Number.isFinite(timeout) && timeout >= 0)) {
    throw new TypeError(`waitForRun: timeout is a number of seconds, 0 or more, or null, not ${timeout}`);
  }
  const at = context.getStore();
  if (at) checkContext(at, true);
  const reading = socketClient().readFlowRun(id);
  const present = await (at ? requested(at, reading) : reading);
  // What is followed begins with the present state, so that none is missed in between.
  const run = present.state.isFinal() ? present : await waitForEnd(present, timeout, at?.execution ?? null);
  if (!run.state.isFinal()) {
    throw new RunWaitTimeout(
      `flow run ${run.name} (${run.id}) has not ended within ${timeout} s; it is ${run.state.name}`,
      run,
    );
  }
  if (options.throwOnFailure) requireCompleted(run);
  return run;
}
