import { RunTimeout } from "../errors.ts";
import type { Execution } from "../execution/execution.ts";
import { ActiveTimer } from "./active-timer.ts";

/** A flow's limit on one attempt; the time in which the run waits for an answer does not count. */
export interface TimeLimit {
  /** What the attempt ends with when the time is over. */
  error: RunTimeout;
  /** Rejects then. */
  over: Promise<never>;
  lift(): void;
}

export function limitTime(execution: Execution, seconds: number): TimeLimit {
  const error = new RunTimeout(`the flow ran for longer than its timeoutSeconds of ${seconds} s`);
  let end: (error: RunTimeout) => void = () => undefined;
  const over = new Promise<never>((_, reject) => {
    end = reject;
  });
  over.catch(() => undefined);
  const timer = new ActiveTimer(seconds, () => end(error));
  const stopListening = execution.listenWaiting((waiting) => (waiting ? timer.standStill() : timer.go()));
  return {
    error,
    over,
    lift() {
      stopListening();
      timer.standStill();
    },
  };
}
