import { RunTimeout } from "../errors.ts";
import { type Context, checkContext } from "../execution/context.ts";
import { sleep } from "../execution/sleep.ts";
import { ActiveTimer } from "../flow/active-timer.ts";
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
      return await withinTimeLimit(definition, async () => definition.run(...args), at);
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

/** The time in which the task waits for an answer does not count. */
async function withinTimeLimit(
  definition: TaskDefinition,
  run: () => Promise<unknown>,
  at: Context | null,
): Promise<unknown> {
  const seconds = definition.timeoutSeconds;
  if (seconds === null) return run();
  let end = (_: RunTimeout) => {};
  const over = new Promise<never>((_, reject) => {
    end = reject;
  });
  const text = `task ${definition.name} ran for longer than its timeoutSeconds of ${seconds} s`;
  const limit = new ActiveTimer(seconds, () => end(new RunTimeout(text)));
  at?.task?.limits.add(limit);
  const work = run();
  try {
    return await Promise.race([work, over]);
  } finally {
    limit.lift();
    at?.task?.limits.delete(limit);
    work.catch(() => undefined);
  }
}
