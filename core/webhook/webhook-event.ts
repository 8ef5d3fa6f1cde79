import type { Labels } from "../event/event.ts";
import { fitEvent } from "../event/fit.ts";
import type { NewEvent } from "../event/new-event.ts";
import type { WebhookAuthType } from "./auth.ts";

/** A webhook, as its events show it. */
export interface ToldWebhook {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  readonly template: string;
  readonly allowedMethods: readonly string[];
  readonly auth: WebhookAuthType;
  readonly allowReserved: boolean;
}

/** What became of a webhook; `changed` names what is another now. */
export type WebhookChange =
  | { readonly verb: "created" | "deleted" }
  | { readonly verb: "updated"; readonly changed: readonly string[] };

/** The labels of a webhook's own events. */
export function webhookResource({ id, name }: { id: string; name: string }): Labels {
  return { "prefect.resource.id": `prefect.webhook.${id}`, "prefect.resource.name": name };
}

/** The event that tells of a webhook's change, without its URL and its secrets. Pure. */
export function webhookEvent(id: string, at: Date, webhook: ToldWebhook, change: WebhookChange): NewEvent {
  const { name, description, enabled, template, allowedMethods, auth, allowReserved } = webhook;
  return fitEvent({
    id,
    event: `prefect.webhook.${change.verb}`,
    occurred: at,
    resource: webhookResource(webhook),
    related: [],
    payload: {
      name,
      description,
      enabled,
      template,
      allowed_methods: [...allowedMethods],
      auth,
      allow_reserved: allowReserved,
      ...(change.verb === "updated" ? { changed: [...change.changed] } : {}),
    },
    follows: null,
    chain: [],
  });
}
