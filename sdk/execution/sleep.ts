import { setTimeout as wait } from "node:timers/promises";
import type { Execution } from "./execution.ts";

/** Waits so many seconds, or throws what stops the run before. */
export async function sleep(execution: Execution, seconds: number): Promise<void> {
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    await execution.during(wait(seconds * 1000, undefined, { signal }));
  } finally {
    waiting.abort();
  }
}
