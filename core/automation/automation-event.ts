import { automationResource } from "../action/automation-resource.ts";
import { fitEvent } from "../event/fit.ts";
import type { NewEvent } from "../event/new-event.ts";
import type { StoredAutomation } from "./automation.ts";
import { automationDocument } from "./document.ts";

/** What is told of an automation. */
export interface AutomationNews {
  readonly kind: "created" | "updated" | "deleted";
  readonly eventId: string;
  /** When it was changed. */
  readonly at: Date;
  readonly id: string;
  readonly createdAt: Date;
  readonly automation: StoredAutomation;
  /** Why the server changed it; left out where somebody asked for it. */
  readonly reason?: string | undefined;
  /** The automations that led to it. */
  readonly chain?: readonly string[] | undefined;
}

/** The event that tells of an automation's change, with the whole automation. */
export function automationEvent(news: AutomationNews): NewEvent {
  const { kind, eventId, at, id, createdAt, automation, reason, chain } = news;
  return fitEvent({
    id: eventId,
    event: `prefect.automation.${kind}`,
    occurred: at,
    resource: automationResource({ id, name: automation.name }),
    related: [],
    payload: {
      id,
      ...automationDocument(automation),
      created: createdAt.toISOString(),
      updated: at.toISOString(),
      ...(reason !== undefined && { reason }),
    },
    follows: null,
    chain: chain ?? [],
  });
}
