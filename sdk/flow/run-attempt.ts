import { type Context, checkContext, context } from "../execution/context.ts";
import type { Execution } from "../execution/execution.ts";
import type { FlowDefinition } from "./definition.ts";
import { limitTime } from "./time-limit.ts";

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
  const { timeoutSeconds, countPausedTime } = definition;
  const limit = timeoutSeconds === null ? null : limitTime(execution, timeoutSeconds, countPausedTime);
  try {
    checkContext(at, true);
    const work = context.run(at, async () => definition.run(parameters));
    work.catch(() => undefined); // where the limit comes first
    return { kind: "returned", value: await (limit ? Promise.race([work, limit.over]) : work) };
  } catch (error) {
    return { kind: "threw", error, timedOut: error === limit?.error };
  } finally {
    limit?.lift();
  }
}
