import type { Labels } from "../event/event.ts";
import type { Trigger } from "../trigger/trigger.ts";

/** The resource id of an automation. */
function automationResourceId(id: string): string {
  return `prefect.automation.${id}`;
}

/** The primary resource of the events about an automation's firings. */
export function automationResource(automation: { id: string; name: string }): Labels {
  return {
    "prefect.resource.id": automationResourceId(automation.id),
    "prefect.resource.name": automation.name,
  };
}

/** The same of the events about its actions: with what kind of trigger it was. */
export function actingAutomation(automation: { id: string; name: string; trigger: Trigger }): Labels {
  const { trigger } = automation;
  return {
    ...automationResource(automation),
    "prefect.trigger-type": trigger.type,
    ...(trigger.type === "event" ? { "prefect.posture": trigger.posture } : {}),
  };
}

/** An event, as another one is related to it. */
export function relatedEvent(
  id: string,
  role: "automation-triggered-event" | "triggering-event" | "emitted-event",
): Labels {
  return { "prefect.resource.id": `prefect.event.${id}`, "prefect.resource.role": role };
}
