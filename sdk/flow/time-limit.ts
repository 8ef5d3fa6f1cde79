import { RunTimeout } from "../errors.ts";
import type { Execution } from "../execution/execution.ts";
import { ActiveTimer } from "./active-timer.ts";

/** A flow's limit on one attempt. */
export interface TimeLimit {
  /** What the attempt ends with when the time is over. */
  error: RunTimeout;
  /** Rejects then. */
  over: Promise<never>;
  lift(): void;
}

/** Begins to count; the time in which the run or a subflow of it waits for an answer counts only where it is said. */
export function limitTime(execution: Execution, seconds: number, countPausedTime: boolean): TimeLimit {
  const error = new RunTimeout(`the flow ran for longer than its timeoutSeconds of ${seconds} s`);
  let end: (error: RunTimeout) => void = () => undefined;
  const over = new Promise<never>((_, reject) => {
    end = reject;
  });
  over.catch(() => undefined);
  const timer = new ActiveTimer(seconds, () => end(error));
  const stopListening = countPausedTime
    ? () => {}
    : execution.listenAnyWaiting((waiting) => timer.standStill(waiting));
  return {
    error,
    over,
    lift() {
      stopListening();
      timer.lift();
    },
  };
}
