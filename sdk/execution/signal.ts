import type {
  ExecutionPartsFragment,
  ExecutionSignalsSubscription,
  StatePartsFragment,
} from "../gql/graphql.ts";

export type ExecutionParts = ExecutionPartsFragment;
export type Signal = ExecutionSignalsSubscription["executionSignals"];
export type AnswerSignal = Extract<Signal, { __typename: "AnswerSignal" }>;
export type CandidateSignal = Extract<Signal, { __typename: "CandidateSignal" }>;

/** The API takes no more calls of an execution. */
export interface StaleRefusal {
  message: string;
  state: StatePartsFragment;
}
