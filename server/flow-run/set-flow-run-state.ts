import sql from "sql-template-tag";
import { InvalidInputError, StaleExecutionError } from "../../core/error.ts";
import {
  isFinal,
  longestStateMessage,
  longestStateName,
  type Proposal,
  type StateType,
} from "../../core/flow-run/state.ts";
import { decide } from "../../core/flow-run/transition.ts";
import { textProblem } from "../../core/json.ts";
import type { Context } from "../context.ts";
import { closePause } from "../pause/pause.ts";
import { cancelChildren } from "./cancel.ts";
import { changeRun, type Step, stay } from "./change-run.ts";
import { type Run, runFacts, stateFacts } from "./run.ts";
import { maxSeconds } from "./suspend.ts";

export interface StateArgs {
  type: StateType;
  name?: string | null | undefined;
  message?: string | null | undefined;
  /** Seconds; with SCHEDULED, named AwaitingRetry: the next attempt begins then, in the same process. */
  retryAfter?: number | null | undefined;
}

/**
 * A process proposes a state of its run: an end, a retry, or its own name for running. A run that was suspended or
 * cancelled meanwhile, or that is to run again, keeps its state.
 *
 * @throws NotFoundError
 * @throws StaleExecutionError where a newer execution has the run
 * @throws InvalidInputError
 */
export async function setFlowRunState(
  ctx: Context,
  args: { flowRunId: string; execution: number; state: StateArgs },
): Promise<{ accepted: boolean; flowRunId: string }> {
  const { state, flowRunId } = args;
  const nameProblem = state.name == null ? null : stateNameProblem(state.name);
  if (nameProblem !== null) throw InvalidInputError.at(["state", "name"], nameProblem);
  const proposal: Proposal = {
    type: state.type,
    name: state.name ?? undefined,
    message: state.message?.slice(0, longestStateMessage).replaceAll("\0", ""),
  };
  const retries = state.type === "SCHEDULED";
  if (retries && !(state.retryAfter != null && state.retryAfter >= 0 && state.retryAfter <= maxSeconds)) {
    throw InvalidInputError.at(
      ["state", "retryAfter"],
      "a process schedules its run only for a retry: give the seconds until then",
    );
  }
  const accepted = await changeRun<boolean>(ctx, flowRunId, (run): Step<boolean> => {
    if (run.execution !== args.execution) {
      const message = `execution ${args.execution} of flow run ${run.id} has been replaced by execution ${run.execution}`;
      throw new StaleExecutionError(stateFacts(run), message);
    }
    if (!mayPropose(run, proposal)) return stay(run.stateType === proposal.type && isFinal(run.stateType));
    const decision = decide({ ...runFacts(run), hasDeployment: true, scheduledFor: null }, proposal, run.now);
    if (decision.answer !== "accept") return stay(false);
    const close = run.pauseId !== null ? [closePause(run.pauseId, "ENDED")] : [];
    return {
      go: true,
      change: {
        next: decision.next,
        also: close,
        waitChanged: close.length > 0,
        ...(isFinal(decision.next.type) ? ({ lease: "end" } as const) : {}),
        ...(retries
          ? {
              newAttempt: true,
              scheduledFor: sql`locked.at + ${state.retryAfter}::float8 * interval '1 second'`,
            }
          : {}),
      },
      result: () => true,
    };
  });
  if (accepted) await cancelChildren(ctx, flowRunId);
  return { accepted, flowRunId };
}

function stateNameProblem(name: string): string | null {
  if (name === "" || name.length > longestStateName)
    return `it has ${name.length} characters; give 1 to ${longestStateName}, or none for the type's own name`;
  return textProblem(name);
}

/** What a process may say of its own run; the rest is decided by people, runners and the clock. */
function mayPropose(run: Run, proposal: Proposal): boolean {
  const ends = isFinal(proposal.type);
  switch (run.stateType) {
    case "RUNNING":
      return ends || proposal.type === "RUNNING" || proposal.name === "AwaitingRetry";
    case "PENDING":
    case "CANCELLING":
      return ends;
    case "PAUSED":
      return ends && run.stateName === "Paused";
    case "SCHEDULED":
      return (
        run.stateName === "AwaitingRetry" && run.leaseUntil !== null && (ends || proposal.type === "RUNNING")
      );
    default:
      return false;
  }
}
