import { deliveryEvent } from "../../core/webhook/delivery-event.ts";
import type { WebhookRequest } from "../../core/webhook/request.ts";
import type { Context } from "../context.ts";
import { perDb } from "../recent.ts";
import { openAuthSecrets } from "./auth-secrets.ts";
import { DeliveryWriter, type NewDelivery } from "./delivery-writer.ts";
import type { OpenWebhook } from "./find-webhook.ts";
import { type Handshake, handshakeOf } from "./handshake.ts";
import { type RenderedRequest, type RenderingWebhook, renderRequest } from "./render.ts";
import { keptHeaders } from "./shown-headers.ts";
import { proofProblem } from "./verify.ts";

/** What a request is answered: it became events, it failed, nobody proved to have sent it, or its webhook is gone. */
export type Reception =
  | { readonly kind: "accepted" | "failed" | "unproven" | "gone" }
  | { readonly kind: "handshake"; readonly answer: Handshake };

/**
 * Takes a request to a webhook: proves it, renders it, and stores its events, what tells of it and the delivery, all in one transaction.
 *
 * @param request with all of its headers
 * @throws OverloadedError, and where nothing can be stored
 */
export async function receiveRequest(
  ctx: Context,
  webhook: OpenWebhook,
  request: WebhookRequest,
): Promise<Reception> {
  const now = ctx.now();
  const { auth } = webhook;
  const secrets = openAuthSecrets(ctx, webhook.id, webhook.authSecrets);
  const kept = { ...request, headers: keptHeaders(request.headers, auth) };
  const problem = proofProblem(auth, secrets, request, now);
  if (problem !== null) {
    // What nobody stands for is not kept, and never repeated.
    const empty = { ...kept, body: new Uint8Array() };
    const delivery = deliveryOf(ctx, webhook, empty, now, { statusCode: 401, error: problem });
    return { kind: (await writer(ctx.db).write(delivery)) ? "unproven" : "gone" };
  }
  const answer = handshakeOf(request.headers, request.body, auth);
  if (answer !== null) return { kind: "handshake", answer };
  const rendered = await renderRequest(ctx, webhook, kept, now);
  const stored = await storeDelivery(ctx, webhook, kept, { now, rendered, replayOf: null });
  if (stored === null) return { kind: "gone" };
  return { kind: rendered.failure === null ? "accepted" : "failed" };
}

const writer = perDb((db) => new DeliveryWriter(db));

/** What a rendered request is stored with. */
export interface DeliveryDetails {
  now: Date;
  rendered: RenderedRequest;
  /** The delivery that it repeats; null where it came from outside. */
  replayOf: string | null;
}

/** Stores a rendered request. @returns the delivery's id; null where the webhook is gone */
export async function storeDelivery(
  ctx: Context,
  webhook: RenderingWebhook,
  request: WebhookRequest,
  { now, rendered: { rendered, events, failure }, replayOf }: DeliveryDetails,
): Promise<string | null> {
  const eventIds = events.map(({ id }) => id);
  const delivery = deliveryOf(ctx, webhook, request, now, {
    statusCode: failure === null ? 204 : 400,
    error: failure?.message ?? null,
    rendered,
    eventIds,
    replayOf,
  });
  const told = { id: delivery.id, webhook, at: now, request, rendered, failure, eventIds, replayOf };
  const isStored = await writer(ctx.db).write({
    ...delivery,
    events: [
      ...events.map(({ given: _, ...event }) => ({ ...event, chain: [] })),
      deliveryEvent(ctx.newId(), told),
    ],
    given: events.flatMap(({ id, given }) => (given ? [id] : [])),
  });
  if (isStored) ctx.bus.notify("events");
  return isStored ? delivery.id : null;
}

function deliveryOf(
  ctx: Context,
  webhook: RenderingWebhook,
  request: WebhookRequest,
  at: Date,
  rest: Pick<NewDelivery, "statusCode" | "error"> & Partial<NewDelivery>,
): NewDelivery {
  const empty = { rendered: null, eventIds: [], replayOf: null, events: [], given: [] };
  return { ...empty, id: ctx.newId(), webhookId: webhook.id, at, request, ...rest };
}
