import { after } from "../timer/after.ts";
import type { Execution } from "./execution.ts";

/** Waits so many seconds, or throws what stops the run before. */
export async function sleep(execution: Execution, seconds: number): Promise<void> {
  let forget = () => {};
  const waiting = new Promise<void>((resolve) => {
    forget = after(seconds, resolve);
  });
  try {
    await execution.during(waiting);
  } finally {
    forget();
  }
}
