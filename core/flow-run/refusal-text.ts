import type { RefusalCode } from "./transition.ts";

/** Why a state is refused, as the end of a sentence about a run. */
const reasons: Record<RefusalCode, string> = {
  NO_STATE: "has no state yet",
  TERMINAL: "has ended",
  NOT_RUNNING: "is not running",
  SUBFLOW: "runs inside another run's process and cannot stop alone",
  NO_DEPLOYMENT: "has no deployment, so nothing could start it again",
  CANCELLING: "is being cancelled",
  DOUBLE_SUBMISSION: "has been handed to a process already",
  LATE_ONCE: "is not scheduled, or is late already",
  NOT_FROM_PAUSED: "waits, and first has to be resumed",
};

/** The sentence about a run whose proposed state is refused. */
export function refusalText(code: RefusalCode, run: { id: string; stateName: string }): string {
  return `flow run ${run.id} is ${run.stateName}: it ${reasons[code]}`;
}
