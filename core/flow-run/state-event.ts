import { cutText, fitEvent } from "../event/fit.ts";
import type { NewEvent } from "../event/new-event.ts";
import { followed, type UntimedEvent } from "../event/untimed-event.ts";
import type { JsonObject } from "../json.ts";
import type { StateType } from "./state.ts";
import { relatedResource, relatedToRun, type ToldRun } from "./told-run.ts";
import type { NextState } from "./transition.ts";

/** A run as its own events show it. */
export interface ToldWithCreator extends ToldRun {
  /** The attempts begun, this state's included. */
  runCount: number;
  /** What made it, with its name where that is known; null for a flow that was called. */
  creator: { resource: string; name: string | null } | null;
}

export interface ToldState {
  /** The state's id, and so the event's. */
  id: string;
  /** The state before; null for a run's first one. */
  from: NextState | null;
  to: NextState;
  /** The type that was proposed, where another one came of it. */
  intended?: StateType | undefined;
}

/**
 * The event of one state that a run enters, as the specification of inputs (5.4) has it. Pure; `stampStateEvent` gives it its moment.
 */
export function stateEvent(run: ToldWithCreator, { id, from, to, intended }: ToldState): UntimedEvent {
  return fitEvent({
    id,
    event: `prefect.flow-run.${to.name}`,
    resource: {
      "prefect.resource.id": `prefect.flow-run.${run.id}`,
      "prefect.resource.name": run.name,
      "prefect.run-count": String(run.runCount),
      "prefect.state-message": cutText(to.message ?? ""),
      "prefect.state-name": to.name,
      "prefect.state-type": to.type,
    },
    related: relatedToRun(
      run,
      run.creator === null ? [] : [relatedResource(run.creator.resource, "creator", run.creator.name)],
    ),
    payload: {
      intended: { from: from?.type ?? null, to: intended ?? to.type },
      initial_state: from === null ? null : told(from),
      validated_state: told(to),
    },
    chain: run.chain,
  });
}

function told({ type, name, message }: NextState): JsonObject {
  const state: JsonObject = { type, name, message: message === null ? null : cutText(message) };
  if (type === "PAUSED") state.pause_reschedule = name === "Suspended" ? "true" : "false";
  return state;
}

/** The label that says when the state began. */
export const stateTimestamp = "prefect.state-timestamp";

/** The event of a state that began at `at`. */
export function stampStateEvent(
  event: UntimedEvent,
  at: Date,
  before: { id: string; timestamp: Date } | null,
): NewEvent {
  const resource = { ...event.resource, [stateTimestamp]: at.toISOString() };
  return { ...event, occurred: at, follows: followed(before, at), resource };
}
