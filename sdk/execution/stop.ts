import { PauseTimeout, RunCancelled, RunLost, RunSuspended } from "../errors.ts";
import type { FlowRunState } from "../flow-run/state.ts";

/** Why the code of an execution may go no further. Each later call of the SDK throws `error`. */
export type Stop =
  /** Its running tasks may finish; nothing new begins. */
  | { kind: "suspended"; error: RunSuspended }
  | { kind: "cancelled"; error: RunCancelled }
  /** A wait's deadline passed, and the run has failed for it. */
  | { kind: "expired"; error: PauseTimeout }
  /** The run is no more; nothing can be told to it. */
  | { kind: "deleted"; error: RunCancelled }
  /** Another execution has the run, or it has ended from elsewhere. */
  | { kind: "lost"; error: RunLost };

export function suspended(): Stop {
  return { kind: "suspended", error: new RunSuspended() };
}

export function cancelled(message: string | null): Stop {
  return { kind: "cancelled", error: new RunCancelled(message ?? "the run was cancelled") };
}

export function expired(message: string | null): Stop {
  return { kind: "expired", error: new PauseTimeout(message ?? "nobody resumed the run in time") };
}

export function deleted(): Stop {
  return { kind: "deleted", error: new RunCancelled("the run was deleted; its code must stop") };
}

export function lost(message: string): Stop {
  return { kind: "lost", error: new RunLost(message) };
}

/** Of a run that waits to be begun again. */
const resuming: ReadonlySet<string> = new Set(["Resuming", "AwaitingConcurrencySlot"]);

/** What a state of the run means for the code that runs it; null: it goes on. `waiting`: a question has a deadline. */
export function stopOfState(state: FlowRunState, waiting: boolean): Stop | null {
  switch (state.type) {
    case "PAUSED":
      return state.name === "Suspended" ? suspended() : null;
    case "CANCELLING":
    case "CANCELLED":
      return cancelled(state.message);
    case "FAILED":
      return waiting ? expired(state.message) : ended(state);
    case "COMPLETED":
    case "CRASHED":
      return ended(state);
    case "SCHEDULED":
      // It was suspended and resumed before this process noticed; the next execution does the rest.
      return resuming.has(state.name) ? suspended() : null;
    case "PENDING":
    case "RUNNING":
      return null;
  }
}

function ended(state: FlowRunState): Stop {
  return lost(`the run is ${state.name}${state.message ? `: ${state.message}` : ""}; its code must stop`);
}
