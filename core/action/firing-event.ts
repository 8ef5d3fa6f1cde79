import type { Labels } from "../event/event.ts";
import { fitEvent } from "../event/fit.ts";
import type { NewEvent } from "../event/new-event.ts";
import { isPlainObject, type Json, type JsonObject, jsonFits } from "../json.ts";
import type { TriggerFiring } from "../trigger/firing.ts";
import { firingEventId } from "../trigger/firing-id.ts";
import { automationResource, relatedEvent } from "./automation-resource.ts";

/** An event as other events and templates show it. */
export interface ShownEvent {
  readonly id: string;
  readonly event: string;
  readonly occurred: string;
  readonly received: string;
  readonly resource: Labels;
  readonly related: readonly Labels[];
  readonly payload: JsonObject;
  readonly follows: string | null;
}

/** UTF-8 bytes of a triggering event inside of another event. */
const mostBytes = 64 * 1024;

export interface FiringToTell {
  readonly id: string;
  readonly automation: { readonly id: string; readonly name: string };
  readonly firing: Pick<TriggerFiring, "state" | "time" | "labels" | "triggeringEventId">;
  /** Null where there is none, or where it is no longer kept. */
  readonly triggeringEvent: ShownEvent | null;
  /** The automations that led to it, this one last. */
  readonly chain: readonly string[];
}

/** The event that tells of a firing: `prefect.automation.triggered` or `.resolved` (triggers.md §13). */
export function firingEvent({ id, automation, firing, triggeringEvent, chain }: FiringToTell): NewEvent {
  return fitEvent({
    id: firingEventId(id, firing.state),
    event: firing.state === "Triggered" ? "prefect.automation.triggered" : "prefect.automation.resolved",
    occurred: new Date(firing.time),
    resource: automationResource(automation),
    related:
      firing.triggeringEventId === null ? [] : [relatedEvent(firing.triggeringEventId, "triggering-event")],
    payload: {
      triggering_labels: { ...firing.labels },
      triggering_event: triggeringEvent === null ? null : inPayload(triggeringEvent),
    },
    follows: null,
    chain,
  });
}

/** The event without what may make it grow with each automation that it passes. */
function inPayload(event: ShownEvent): Json {
  const { resource, related, payload, ...rest } = event;
  const shown = (content: JsonObject): JsonObject => ({
    ...rest,
    resource: { ...resource },
    related: related.map((each) => ({ ...each })),
    payload: content,
  });
  const inner = payload.triggering_event;
  const flat =
    isPlainObject(inner) && typeof inner.id === "string"
      ? { ...payload, triggering_event: inner.id }
      : payload;
  const whole = shown(flat);
  return jsonFits(whole, mostBytes) ? whole : shown({ truncated: true });
}
