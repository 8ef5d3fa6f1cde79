import { FlowRunConflict, NotPausable, PauseReplayMismatch } from "../errors.ts";
import type { Execution } from "../execution/execution.ts";
import { cancelled, expired, type Stop, suspended } from "../execution/stop.ts";
import { stateOf } from "../flow-run/state.ts";
import type { PauseRefusalCode, StatePartsFragment } from "../gql/graphql.ts";

/** The error of a question that was not asked. Some of them end the code's part in the run. */
export function refusedPause(
  execution: Execution,
  refusal: { code: PauseRefusalCode; message: string; state: StatePartsFragment },
): Error {
  switch (refusal.code) {
    case "NO_DEPLOYMENT":
    case "SUBFLOW":
    case "TERMINAL":
      return new NotPausable(refusal.message);
    case "NOT_RUNNING":
      return new FlowRunConflict(refusal.message, "NOT_RUNNING", stateOf(refusal.state));
    case "REPLAY_MISMATCH":
      return new PauseReplayMismatch(refusal.message);
    case "SUSPENDED":
      return stopped(execution, suspended());
    case "CANCELLED":
      return stopped(execution, cancelled(refusal.message));
    case "EXPIRED":
      return stopped(execution, expired(refusal.message));
  }
}

function stopped(execution: Execution, stop: Stop): Error {
  execution.stop(stop);
  return execution.stopped?.error ?? stop.error;
}
