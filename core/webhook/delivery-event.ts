import { fitEvent } from "../event/fit.ts";
import type { NewEvent } from "../event/new-event.ts";
import { plain } from "./default-payload.ts";
import type { WebhookRequest } from "./request.ts";
import { webhookResource } from "./webhook-event.ts";

/** Characters of a body and of what was rendered that an event shows. */
const mostShown = 8 * 1024;

/** Why a request became no event; line and column of the template where they are known. */
export interface DeliveryFailure {
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** A request that was taken, or failed. */
export interface ToldDelivery {
  readonly id: string;
  readonly webhook: { readonly id: string; readonly name: string };
  readonly at: Date;
  readonly request: WebhookRequest;
  readonly rendered: string | null;
  readonly failure: DeliveryFailure | null;
  readonly eventIds: readonly string[];
  readonly replayOf: string | null;
}

/** The event that tells of a request: `prefect.webhook.received` or `prefect.webhook.failed` (actions.md 6.4). Pure. */
export function deliveryEvent(id: string, delivery: ToldDelivery): NewEvent {
  const { webhook, request, rendered, failure, eventIds, replayOf } = delivery;
  return fitEvent({
    id,
    event: `prefect.webhook.${failure === null ? "received" : "failed"}`,
    occurred: delivery.at,
    resource: webhookResource(webhook),
    related: [],
    payload: {
      delivery: delivery.id,
      method: request.method,
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, plain(value)]),
      ),
      body: shownBody(request.body),
      rendered: rendered === null ? null : cut(rendered),
      ...(failure === null
        ? { events: [...eventIds] }
        : { error: plain(failure.message), line: failure.line, column: failure.column }),
      ...(replayOf === null ? {} : { replay_of: replayOf }),
    },
    follows: null,
    chain: [],
  });
}

function cut(text: string): string {
  return plain(text.length > mostShown ? `${text.slice(0, mostShown - 1)}…` : text);
}

/** A letter is at most four bytes; more are not needed. */
function shownBody(body: Uint8Array): string {
  return cut(new TextDecoder().decode(body.subarray(0, 4 * mostShown + 4)));
}
