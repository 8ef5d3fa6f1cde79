import type { StateType } from "../../gql/graphql.ts";
import type { Style } from "../text/style.ts";

/** How a state stands out: what went well, what did not, and what waits for somebody. */
export function stateStyle(type: StateType): Style | null {
  switch (type) {
    case "COMPLETED":
      return "green";
    case "FAILED":
    case "CRASHED":
      return "red";
    case "PAUSED":
      return "yellow";
    case "RUNNING":
    case "PENDING":
      return "cyan";
    case "CANCELLED":
    case "CANCELLING":
      return "dim";
    case "SCHEDULED":
      return null;
  }
}

/** Whether a run in a state of this type has ended. */
export function hasEnded(type: StateType): boolean {
  return type === "COMPLETED" || type === "FAILED" || type === "CRASHED" || type === "CANCELLED";
}
