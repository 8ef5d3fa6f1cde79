import { isFinal, type State } from "./state.ts";
import type { NextState } from "./transition.ts";

/** What is known of a run whose process is gone. */
export interface LossFacts {
  state: State;
  hasDeployment: boolean;
  /** An answer was accepted that the code has not been handed. */
  undeliveredAnswer: boolean;
  /** Why the process is gone, as a sentence without a full stop. */
  reason: string;
  /** The runner stops in good order: what has not begun goes back. */
  shutdown: boolean;
  /** Its process could not be begun, or ended by an error before the run had begun: another one would do no better. */
  broken?: boolean;
}

/**
 * What becomes of a run whose process is gone; null where its state stays. Pure.
 *
 * 1. Ended, suspended or waiting for a runner: it needs no process.
 * 2. Not begun: it is given to the next runner, unless its process is at fault.
 * 3. Being cancelled: now it is Cancelled.
 * 4. Paused: with a deployment it goes on as if it had been suspended, question, key and deadline unchanged.
 * 5. Running with an answer that its code was not handed: with a deployment it runs again, as after a suspension.
 * 6. Otherwise it is Crashed, and not started again by itself.
 */
export function afterLoss(run: LossFacts): NextState | null {
  const { type, name } = run.state;
  const crashed: NextState = { type: "CRASHED", name: "Crashed", message: `${run.reason}.` };
  if (isFinal(type)) return null;
  switch (type) {
    case "SCHEDULED":
      return name === "AwaitingRetry" && !run.hasDeployment ? crashed : null;
    case "PENDING":
      return run.hasDeployment && !run.broken
        ? { type: "SCHEDULED", name: "Scheduled", message: `Given back: ${run.reason}.` }
        : crashed;
    case "CANCELLING":
      return { type: "CANCELLED", name: "Cancelled", message: `${run.reason}.` };
    case "PAUSED":
      if (name === "Suspended") return null;
      return run.hasDeployment ? { type: "PAUSED", name: "Suspended", message: `${run.reason}.` } : crashed;
    case "RUNNING":
      return run.hasDeployment && run.undeliveredAnswer
        ? {
            type: "SCHEDULED",
            name: "Resuming",
            message: `${run.reason}; its last answer was not taken yet.`,
          }
        : crashed;
    default:
      return null;
  }
}
