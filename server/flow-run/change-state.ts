import sql from "sql-template-tag";
import { refusalText } from "../../core/flow-run/refusal-text.ts";
import { defaultStateName, isFinal, type Proposal } from "../../core/flow-run/state.ts";
import { type Decision, decide, type NextState } from "../../core/flow-run/transition.ts";
import type { Context } from "../context.ts";
import { closePause } from "../pause/pause.ts";
import { type Step, stay } from "./change-run.ts";
import { type Run, runFacts } from "./run.ts";
import { openWait } from "./suspend.ts";
import type { Transition } from "./write-transition.ts";

/** What came of putting a run into a state. */
export type StateChange = { kind: "changed" } | { kind: "already" } | { kind: "refused"; reason: string };

export type GivenState = Required<Proposal> & { message: string };

/**
 * Puts a run into a state from outside of its process.
 *
 * @param force passes over the rules of states: the state is written as it is given
 */
export function decideStateChange(
  ctx: Context,
  run: Run,
  state: GivenState,
  force: boolean,
): Step<StateChange> {
  if (run.stateType === state.type && run.stateName === state.name && run.stateMessage === state.message)
    return stay({ kind: "already" });
  const decision = force ? accepted(run, state) : decide(runFacts(run), state, run.now);
  if (decision.answer !== "accept") return stay({ kind: "refused", reason: refusal(run, decision) });
  const { next, newAttempt } = decision;
  return {
    go: true,
    change: { next, intended: state.type, newAttempt, ...consequences(ctx, run, next) },
    result: () => ({ kind: "changed" }),
  };
}

/** A state's own name where none is given. */
export function namedState(given: Proposal & { message: string }): GivenState {
  return { ...given, name: given.name ?? defaultStateName(given.type) };
}

function accepted(run: Run, { type, name, message }: GivenState): Extract<Decision, { answer: "accept" }> {
  const newAttempt = isFinal(run.stateType) && !isFinal(type);
  return { answer: "accept", next: { type, name, message }, newAttempt };
}

function refusal(run: Run, decision: Exclude<Decision, { answer: "accept" }>): string {
  if (decision.answer !== "wait") return refusalText(decision.code, run);
  return `flow run ${run.id} starts at ${run.scheduledFor?.toISOString()}, and not before`;
}

/** What goes with a state: who has the run, when it starts, which wait opens or ends. */
function consequences(
  ctx: Context,
  run: Run,
  next: NextState,
): Pick<Transition, "lease" | "scheduledFor" | "opens" | "also" | "waitChanged"> {
  const ended = run.pauseId === null ? [] : [closePause(run.pauseId, "ENDED")];
  const left = { also: ended, waitChanged: run.pauseId !== null };
  if (isFinal(next.type)) return { ...left, lease: "end" };
  switch (next.type) {
    case "SCHEDULED":
      return { ...left, lease: "end", scheduledFor: sql`locked.at` };
    case "PAUSED": {
      const suspended = next.name === "Suspended";
      const { opens, also = [] } = openWait(ctx.newId(), suspended ? "suspend" : "pause", null);
      const waits = { ...left, also: [...ended, ...also], ...(opens !== undefined && { opens }) };
      return suspended ? { ...waits, lease: "end" } : waits;
    }
    default:
      return left;
  }
}
