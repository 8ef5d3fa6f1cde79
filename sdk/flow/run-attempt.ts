import { RunTimeout } from "../errors.ts";
import { type Context, checkContext, context } from "../execution/context.ts";
import type { Execution } from "../execution/execution.ts";
import { ActiveTimer } from "./active-timer.ts";
import type { FlowDefinition } from "./definition.ts";

/** How one attempt of a flow's code ended. */
export type Outcome =
  | { kind: "returned"; value: unknown }
  | { kind: "threw"; error: unknown; timedOut: boolean };

/** Runs the flow's code once. Of code that runs into its time limit, what it still does is dropped. */
export async function runAttempt(
  execution: Execution,
  definition: FlowDefinition,
  parameters: unknown,
): Promise<Outcome> {
  const at: Context = { execution, attempt: execution.attempt, task: null };
  try {
    checkContext(at, true);
    const work = context.run(at, async () => definition.run(parameters));
    return { kind: "returned", value: await withinTimeLimit(execution, definition, work) };
  } catch (error) {
    return {
      kind: "threw",
      error,
      timedOut: error instanceof RunTimeout && error === timedOut.get(execution),
    };
  }
}

/** The error that ended the newest attempt, where it was its time limit. */
const timedOut = new WeakMap<Execution, RunTimeout>();

async function withinTimeLimit(
  execution: Execution,
  definition: FlowDefinition,
  work: Promise<unknown>,
): Promise<unknown> {
  const seconds = definition.timeoutSeconds;
  if (seconds === null) return work;
  let timer: ActiveTimer | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = new ActiveTimer(seconds, () => {
      const error = new RunTimeout(`the flow ran for longer than its timeoutSeconds of ${seconds} s`);
      timedOut.set(execution, error);
      reject(error);
    });
  });
  const stopListening = execution.listenWaiting((waiting) => (waiting ? timer?.standStill() : timer?.go()));
  try {
    return await Promise.race([work, limit]);
  } finally {
    stopListening();
    timer?.standStill();
    work.catch(() => undefined);
  }
}
