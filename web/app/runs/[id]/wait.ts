import type { RunFragment } from "../../../gql/graphql.ts";

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
  if (run.pause) return "This was answered elsewhere, and the run asks something else now.";
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
        : "This was answered elsewhere. The run goes on.";
  }
}
