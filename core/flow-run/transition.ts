import { defaultStateName, isFinal, type Proposal, type State, type StateType } from "./state.ts";

/** What a transition is decided by. */
export interface RunFacts {
  /** Null where a run has none yet. */
  state: State | null;
  /** Whether something could start the run again. */
  hasDeployment: boolean;
  /** Whether it runs inside its parent's process. */
  subflow: boolean;
  /** Whether a process has the run. */
  hasProcess: boolean;
  /** From when a Scheduled run may start; null where that is now. */
  scheduledFor: Date | null;
}

export interface NextState {
  type: StateType;
  name: string;
  message: string | null;
}

/** Why a proposal is refused; the run stays as it is. */
export type RefusalCode =
  | "NO_STATE"
  | "TERMINAL"
  | "NOT_RUNNING"
  | "SUBFLOW"
  | "NO_DEPLOYMENT"
  | "CANCELLING"
  | "DOUBLE_SUBMISSION"
  | "LATE_ONCE"
  | "NOT_FROM_PAUSED";

/**
 * What becomes of a proposed state: it is accepted (perhaps as another one), rejected (the run has a state of its own that
 * stands), to be proposed again later, or aborted (it can never be).
 */
export type Decision =
  | { answer: "accept"; next: NextState; newAttempt: boolean }
  | { answer: "reject"; code: RefusalCode }
  | { answer: "wait"; seconds: number }
  | { answer: "abort"; code: RefusalCode };

/**
 * Decides a proposed state. Pure. The rules are tried in the order of the specification of runs (5.2): what has ended,
 * what is being cancelled, direct cancellation, double submission, lateness, pausing and resuming, too early starts.
 *
 * `system`: the server itself proposes, having proof that the process is gone.
 */
export function decide(
  run: RunFacts,
  proposal: Proposal,
  now: Date,
  by: "process" | "system" = "process",
): Decision {
  const from = run.state;
  const to = proposal.type;
  if (from === null) return to === "PAUSED" ? abort("NO_STATE") : accept(proposal);
  if (isFinal(from.type)) return leaveFinal(run, proposal);
  if (from.type === "CANCELLING") return leaveCancelling(proposal, by);
  if (to === "CANCELLING") return beginCancelling(run, from, proposal);
  if (to === "PENDING" && !isNextPending(from, proposal)) return abort("DOUBLE_SUBMISSION");
  if (proposal.name === "Late" && (from.type !== "SCHEDULED" || from.name === "Late"))
    return reject("LATE_ONCE");
  if (to === "PAUSED") return enterPaused(run, from, proposal);
  if (from.type === "PAUSED") return leavePaused(proposal);
  if (to === "RUNNING" && (from.type === "SCHEDULED" || from.type === "PENDING")) {
    const seconds = run.scheduledFor ? (run.scheduledFor.getTime() - now.getTime()) / 1000 : 0;
    if (seconds > 0) return { answer: "wait", seconds };
  }
  return accept(proposal);
}

/** A new attempt begins where an ended run is scheduled again, and where a failed one will be retried. */
function leaveFinal(run: RunFacts, proposal: Proposal): Decision {
  if (isFinal(proposal.type))
    return proposal.type === run.state?.type ? reject("TERMINAL") : abort("TERMINAL");
  if (proposal.type === "CANCELLING" || proposal.type === "PAUSED") return abort("TERMINAL");
  if (proposal.type === "PENDING" && run.state?.type === "CANCELLED") return abort("DOUBLE_SUBMISSION");
  if (proposal.type === "SCHEDULED" && !run.hasDeployment) return abort("NO_DEPLOYMENT");
  return accept(proposal, true);
}

function leaveCancelling(proposal: Proposal, by: "process" | "system"): Decision {
  if (proposal.type === "CANCELLED" || (by === "system" && proposal.type === "CRASHED"))
    return accept(proposal);
  return reject("CANCELLING");
}

/** What no process runs is Cancelled at once. */
function beginCancelling(run: RunFacts, from: State, proposal: Proposal): Decision {
  const idle =
    (from.type === "SCHEDULED" && !(from.name === "AwaitingRetry" && run.hasProcess)) ||
    (from.type === "PAUSED" && from.name === "Suspended") ||
    (from.type === "PAUSED" && !run.hasProcess);
  return accept(idle ? { type: "CANCELLED", message: proposal.message } : proposal);
}

function isNextPending(from: State, proposal: Proposal): boolean {
  if (from.type === "SCHEDULED") return true;
  return from.type === "PENDING" && (proposal.name ?? "Pending") !== from.name;
}

function enterPaused(run: RunFacts, from: State, proposal: Proposal): Decision {
  if (from.type !== "RUNNING") return reject("NOT_RUNNING");
  if (proposal.name === "Suspended") {
    if (run.subflow) return abort("SUBFLOW");
    if (!run.hasDeployment) return abort("NO_DEPLOYMENT");
  }
  return accept(proposal);
}

function leavePaused(proposal: Proposal): Decision {
  if (proposal.type === "RUNNING" || proposal.type === "SCHEDULED" || isFinal(proposal.type))
    return accept(proposal);
  return reject("NOT_FROM_PAUSED");
}

function accept(proposal: Proposal, newAttempt = proposal.name === "AwaitingRetry"): Decision {
  const { type, message } = proposal;
  return {
    answer: "accept",
    next: { type, name: proposal.name ?? defaultStateName(type), message: message ?? null },
    newAttempt,
  };
}

const reject = (code: RefusalCode): Decision => ({ answer: "reject", code });
const abort = (code: RefusalCode): Decision => ({ answer: "abort", code });
