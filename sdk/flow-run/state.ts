import type { StatePartsFragment } from "../gql/graphql.ts";

/** The state of a flow run. `name` refines `type`: Paused and Suspended are both of type PAUSED. */
export interface FlowRunState {
  type:
    | "SCHEDULED"
    | "PENDING"
    | "RUNNING"
    | "PAUSED"
    | "CANCELLING"
    | "CANCELLED"
    | "COMPLETED"
    | "FAILED"
    | "CRASHED";
  name: string;
  message: string | null;
  timestamp: Date;
  /** Whether its code runs, without waiting for an answer. */
  isRunning(): boolean;
  /** Whether it has ended. */
  isFinal(): boolean;
}

const finalTypes = new Set(["CANCELLED", "COMPLETED", "FAILED", "CRASHED"]);

export function stateOf(parts: StatePartsFragment): FlowRunState {
  return {
    type: parts.type,
    name: parts.name,
    message: parts.message,
    timestamp: new Date(parts.timestamp),
    isRunning: () => parts.type === "RUNNING",
    isFinal: () => finalTypes.has(parts.type),
  };
}
