import { RunTimeout } from "../errors.ts";
import { type Context, checkContext } from "../execution/context.ts";
import { sleep } from "../execution/sleep.ts";
import { retryDelay } from "../flow/retry-delay.ts";
import { logLine } from "../log/logger.ts";
import { after } from "../timer/after.ts";
import type { TaskDefinition } from "./task.ts";

/** Calls the task's function until it returns, or its retries are used up. What stopped the run is not tried again. */
export async function runTries(
  definition: TaskDefinition,
  args: unknown[],
  at: Context | null,
): Promise<unknown> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withinTimeLimit(definition, async () => definition.run(...args));
    } catch (error) {
      if (attempt > definition.retries || error === at?.execution.stopped?.error) throw error;
      const delay = retryDelay(definition.retryDelaySeconds, attempt);
      if (at) {
        checkContext(at, true);
        logLine(at, 30, `task ${definition.name} failed and is tried again in ${delay} s: ${String(error)}`);
      }
      await (at ? sleep(at.execution, delay) : new Promise<void>((resolve) => after(delay, resolve)));
    }
  }
}

async function withinTimeLimit(definition: TaskDefinition, run: () => Promise<unknown>): Promise<unknown> {
  const seconds = definition.timeoutSeconds;
  if (seconds === null) return run();
  const work = run();
  let forget = () => {};
  const limit = new Promise<never>((_, reject) => {
    const text = `task ${definition.name} ran for longer than its timeoutSeconds of ${seconds} s`;
    forget = after(seconds, () => reject(new RunTimeout(text)));
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    forget();
    work.catch(() => undefined);
  }
}
