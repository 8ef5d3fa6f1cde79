import type { LogEvent } from "../event/event.ts";
import { namesCover, relatedHolds, specHolds } from "../event/label-spec.ts";
import { runStateOf } from "./metric-event.ts";
import type { EventTrigger, MetricTrigger } from "./trigger.ts";

/** What a trigger looks at of an event. */
export type Subject = Pick<LogEvent, "event" | "resource" | "related">;

/** What an event is to an event trigger that it concerns; null where it does not concern it. */
export interface Part {
  /** It is one of those to count. */
  readonly expected: boolean;
  /** It is one of those after which counting begins. */
  readonly arming: boolean;
}

/** Whether an event concerns a trigger: its labels match, and its name is covered by `expect` or `after`. */
export function wants(trigger: EventTrigger | MetricTrigger, event: Subject): boolean {
  return trigger.type === "event"
    ? partOf(trigger, event) !== null
    : runStateOf(event.event) !== null && labelsMatch(trigger, event);
}

/** What the event is to the trigger. */
export function partOf(trigger: EventTrigger, event: Subject): Part | null {
  const expected = namesCover(trigger.expect, event.event);
  const arming = trigger.after.length > 0 && namesCover(trigger.after, event.event);
  return (expected || arming) && labelsMatch(trigger, event) ? { expected, arming } : null;
}

/** Whether both filters hold, each on its own kind of resource. */
export function labelsMatch(trigger: Pick<EventTrigger, "match" | "matchRelated">, event: Subject): boolean {
  return specHolds(trigger.match, event.resource) && relatedHolds(trigger.matchRelated, event.related);
}

/** Whether the event is about this automation itself; no trigger is offered such events. */
export function isAbout(automationId: string, event: Subject): boolean {
  return event.resource["prefect.resource.id"] === `prefect.automation.${automationId}`;
}
