import type { StateFacts } from "../../core/error.ts";
import { type State as StateShape, StateType as StateTypeValue } from "../../core/flow-run/state.ts";
import { builder } from "../graphql/builder.ts";

export const StateType = builder.enumType("StateType", {
  description:
    "The kinds of state that a run can be in. Rules go by the type; the name is for people and events.",
  values: {
    SCHEDULED: { description: "It is to be started, at once or at a given time." },
    PENDING: { description: "A runner has taken it and starts its process." },
    RUNNING: { description: "Its code is running." },
    PAUSED: { description: "It waits: Paused with its process alive, Suspended without one." },
    CANCELLING: { description: "Its process has been told to stop." },
    CANCELLED: { description: "It was stopped on request." },
    COMPLETED: { description: "Its code came to its end." },
    FAILED: { description: "Its code threw an error, or it ran out of time." },
    CRASHED: { description: "Its process was lost." },
  } satisfies Record<StateTypeValue, { description: string }>,
});

export const State = builder.objectRef<StateShape>("State").implement({
  description: "The state of a run at one time.",
  fields: (t) => ({
    type: t.field({ type: StateType, description: "What rules go by.", resolve: (state) => state.type }),
    name: t.exposeString("name", {
      description:
        "Refines `type`: Scheduled, Late, AwaitingConcurrencySlot, AwaitingRetry, Resuming, Pending, Running, Retrying, Paused, Suspended, Cancelling, Cancelled, Completed, Failed, Crashed, TimedOut or a custom name.",
    }),
    message: t.exposeString("message", {
      nullable: true,
      description: "Why it is in this state, for people.",
    }),
    timestamp: t.expose("timestamp", { type: "DateTime", description: "Since when." }),
  }),
});

/** A state as it is stored or carried by an error, its type checked. */
export function stateOf(facts: StateFacts): StateShape {
  return { ...facts, type: StateTypeValue.parse(facts.type) };
}
