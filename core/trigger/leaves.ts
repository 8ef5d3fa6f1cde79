import type { EventTrigger, MetricTrigger, Trigger } from "./trigger.ts";

/** The event and metric triggers of a trigger, in the order of the document. */
export function leavesOf(trigger: Trigger): (EventTrigger | MetricTrigger)[] {
  switch (trigger.type) {
    case "event":
    case "metric":
      return [trigger];
    case "compound":
    case "sequence":
      return trigger.triggers.flatMap(leavesOf);
  }
}
