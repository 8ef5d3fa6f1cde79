import { automationResource } from "../action/automation-resource.ts";
import type { NewEvent } from "../event/new-event.ts";

/** The event that tells that an automation was paused because it set itself off. */
export function loopEvent(loop: {
  id: string;
  automation: { id: string; name: string };
  at: Date;
  reason: string;
  chain: readonly string[];
}): NewEvent {
  return {
    id: loop.id,
    event: "prefect.automation.loop-detected",
    occurred: loop.at,
    resource: automationResource(loop.automation),
    related: [],
    payload: { reason: loop.reason },
    follows: null,
    chain: loop.chain,
  };
}
