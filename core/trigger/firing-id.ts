import { derivedId } from "../derived-id.ts";
import type { Cause, FiringState } from "./firing.ts";

/** The automation's trigger as it was when it fired. */
export interface FiringTrigger {
  readonly automationId: string;
  /** One more with each change of the trigger and with each enabling. */
  readonly triggerVersion: number;
}

/**
 * The id of a firing of an automation (triggers.md §19.7): whoever judges the same log derives the same, so that a firing is stored once.
 *
 * @param ordinal which of the automation's firings of this cause it is, from 0
 */
export function firingId(trigger: FiringTrigger, cause: Cause, ordinal: number): string {
  const by =
    cause.kind === "event" ? [cause.eventId] : ["clock", cause.path, cause.key, cause.end, cause.lastEvent];
  return derivedId("firing", trigger.automationId, trigger.triggerVersion, ...by, ordinal);
}

/** The id of the event that tells of a firing, `prefect.automation.triggered` or `.resolved`. */
export function firingEventId(firing: string, state: FiringState): string {
  return derivedId("firing event", firing, state);
}
