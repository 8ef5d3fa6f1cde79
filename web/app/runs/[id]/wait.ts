import type { RunFragment, StateConflictCode } from "../../../gql/graphql.ts";

export type Pause = NonNullable<RunFragment["pause"]>;

/** Whether a run is over: nothing of it goes on by itself. */
export function hasEnded(type: RunFragment["state"]["type"]): boolean {
  switch (type) {
    case "COMPLETED":
    case "FAILED":
    case "CRASHED":
    case "CANCELLED":
      return true;
    case "SCHEDULED":
    case "PENDING":
    case "RUNNING":
    case "PAUSED":
    case "CANCELLING":
      return false;
  }
}

/** What became of a wait that a form was opened for; null while it is still there. */
export function whatBecame(
  asked: Pick<Pause, "key" | "expiresAt">,
  run: Pick<RunFragment, "pause" | "state">,
): string | null {
  if (run.pause?.key === asked.key) return null;
  const { type, message, timestamp } = run.state;
  const tooLate = asked.expiresAt !== null && Date.parse(timestamp) >= Date.parse(asked.expiresAt);
  if (run.pause) return "Somebody else has answered, and the run asks something else now.";
  switch (type) {
    case "CANCELLED":
    case "CANCELLING":
      return "The run was cancelled. Nothing can be answered any more.";
    case "FAILED":
      return tooLate
        ? "The time to answer is over: the run has failed."
        : `The run has failed${message ? `: ${message}` : "."}`;
    case "CRASHED":
      return `The run has crashed${message ? `: ${message}` : "."}`;
    case "SCHEDULED":
    case "PENDING":
    case "RUNNING":
    case "PAUSED":
    case "COMPLETED":
      return tooLate
        ? "The time to answer is over: the run went on without an answer."
        : `Somebody else has answered. ${howItGoes(run.state)}`;
  }
}

/** How a run stands that was answered. */
export function howItGoes({ type, name }: Pick<RunFragment["state"], "type" | "name">): string {
  return hasEnded(type) ? `The run is ${name} now.` : "The run goes on.";
}

interface Conflict {
  code: StateConflictCode;
  message: string;
  state: Pick<RunFragment["state"], "type" | "name" | "message" | "timestamp">;
}

/** Why the answer to a question that was open cannot be given any more; null where it can be given later. */
export function conflictText(asked: Pick<Pause, "key">, { code, message, state }: Conflict): string | null {
  switch (code) {
    case "NOT_PAUSED":
    case "FINISHED":
      // An expired wait has a code of its own.
      return `${notTaken} ${whatBecame({ ...asked, expiresAt: null }, { pause: null, state })}`;
    case "STALE_KEY":
      return `${notTaken} Somebody else has answered, and the run asks something else now.`;
    case "TIMED_OUT":
      return `${notTaken} The time to answer is over.`;
    case "NO_DEPLOYMENT":
      return null;
    case "NOT_RUNNING":
    case "NOT_FINISHED":
      return message;
  }
}

const notTaken = "Your answer was not taken.";
