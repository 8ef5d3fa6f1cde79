import { InputValidationError } from "../../core/run-input/errors.ts";
import { AlreadyExists, FlowRunConflict, NotFound, RunCancelled, RunLost } from "../errors.ts";
import { stateOf } from "../flow-run/state.ts";
import type { StateConflictCode, StatePartsFragment } from "../gql/graphql.ts";

/** A member of a result that stands for a refusal. */
export type Refusal =
  | { __typename: "InvalidInputError"; message: string; issues: { path: string[]; message: string }[] }
  | { __typename: "NotFoundError"; message: string }
  | { __typename: "AlreadyExistsError"; message: string }
  | { __typename: "StateConflictError"; message: string; code: StateConflictCode; state: StatePartsFragment }
  | { __typename: "StaleExecutionError"; message: string; state: StatePartsFragment };

/** The error that a refusal is thrown as. `input` is what the caller gave. */
export function refusalError(refusal: Refusal, input?: unknown): Error {
  switch (refusal.__typename) {
    case "InvalidInputError":
      return new InputValidationError(refusal.message, { input, issues: refusal.issues });
    case "NotFoundError":
      return new NotFound(refusal.message);
    case "AlreadyExistsError":
      return new AlreadyExists(refusal.message);
    case "StateConflictError":
      // NOT_FINISHED is a refusal of `retry`, which is no call of the SDK.
      return refusal.code === "NOT_FINISHED"
        ? new Error(refusal.message)
        : new FlowRunConflict(refusal.message, refusal.code, stateOf(refusal.state));
    case "StaleExecutionError":
      return refusal.state.type === "CANCELLING" || refusal.state.type === "CANCELLED"
        ? new RunCancelled(refusal.message)
        : new RunLost(refusal.message);
  }
}
