import type { IncomingMessage, ServerResponse } from "node:http";
import { isWebhookMethod, webhookMethods } from "../../core/webhook/method.ts";
import type { Context } from "../context.ts";
import { findWebhook, type OpenWebhook } from "../webhook/find-webhook.ts";
import { RateLimits } from "../webhook/rate.ts";
import { type Reception, receiveRequest } from "../webhook/receive.ts";
import { RefusalCounts } from "../webhook/refusal-counts.ts";
import { type BodyHold, BodyMemory } from "./body-memory.ts";
import { BodyCutOffError, BodyTooLargeError, drain, readBytes } from "./read-bytes.ts";

/** Bytes of a body. */
const largestBody = 1024 * 1024;
const mostHeaders = 100;
/** Bytes of bodies that are held at once before only the oldest is read on. */
const mostHeld = 64 * 1024 * 1024;
/** Seconds after which a sender should try again where nothing could be stored. */
const retryAfter = 5;

export interface WebhookServiceOptions {
  context: Omit<Context, "actor">;
  report(what: string, cause: unknown): void;
}

/** What answers at `/hooks/<slug>` (actions.md 6.4): whoever knows the address may call, from anywhere. */
export interface WebhookService {
  /** @param path the request's, which begins with `/hooks/` */
  handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void>;
  /** Writes down what was counted. */
  close(): Promise<void>;
}

/** An answer, mostly without a body: who calls is told no more than it needs. */
interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

const nothingHere: Answer = { status: 404 };

export function createWebhookService({ context, report }: WebhookServiceOptions): WebhookService {
  const memory = new BodyMemory(mostHeld);
  const limits = new RateLimits();
  const refusals = new RefusalCounts(context.db, report);

  async function answer(request: IncomingMessage, slug: string): Promise<Answer> {
    const ctx: Context = { ...context, actor: { kind: "system" } };
    const webhook = await findWebhook(ctx, slug);
    if (webhook === null) return nothingHere;
    const method = request.method ?? "GET";
    const origin = method === "OPTIONS" ? request.headers["webhook-request-origin"] : undefined;
    if (typeof origin === "string") return abuseProtection(origin, webhook, ctx.settings.webhooks.rate);
    const allowed = allowedMethods(webhook);
    if (!isWebhookMethod(method) || !allowed.includes(method)) {
      refusals.add(webhook.id, "method");
      return { status: 405, headers: { allow: allowed.join(", ") } };
    }
    const wait = limits.take(webhook.id, webhook.rateLimit ?? ctx.settings.webhooks.rate);
    if (wait > 0) {
      refusals.add(webhook.id, "rate");
      return { status: 429, headers: { "retry-after": String(Math.ceil(wait)) } };
    }
    if (request.rawHeaders.length / 2 > mostHeaders) return { status: 400 };
    const hold = memory.open(request);
    try {
      return await receive(ctx, webhook, request, method, hold);
    } finally {
      hold.release();
    }
  }

  async function receive(
    ctx: Context,
    webhook: OpenWebhook,
    request: IncomingMessage,
    method: string,
    hold: BodyHold,
  ): Promise<Answer> {
    let body: Buffer;
    try {
      body = await readBytes(request, largestBody, hold);
    } catch (error) {
      if (error instanceof BodyTooLargeError) {
        refusals.add(webhook.id, "size");
        return { status: 413, headers: { connection: "close" } };
      }
      if (error instanceof BodyCutOffError) return { status: 400 };
      throw error;
    }
    const { search } = new URL(request.url ?? "/", "http://localhost");
    const headers = headersOf(request);
    try {
      return answerTo(await receiveRequest(ctx, webhook, { method, query: search.slice(1), headers, body }));
    } catch (error) {
      report(`The webhook ${webhook.name} could not store a request.`, error);
      return { status: 503, headers: { "retry-after": String(retryAfter) } };
    }
  }

  return {
    async handle(request, response, path) {
      const slug = path.slice("/hooks/".length).replace(/\/$/, "");
      const { status, headers, body } = await answer(request, slug);
      // Where it was not read, the connection can serve the next request only when it is gone.
      if (!request.complete) drain(request);
      response.writeHead(status, { "cache-control": "no-store", ...headers });
      response.end(body);
    },
    close: () => refusals.flush(),
  };
}

function answerTo(reception: Reception): Answer {
  switch (reception.kind) {
    case "accepted":
      return { status: 204 };
    case "failed":
      return { status: 400 };
    case "unproven":
      return { status: 401 };
    case "gone":
      return nothingHere;
    case "handshake": {
      const { contentType, text } = reception.answer;
      return { status: 200, headers: { "content-type": contentType }, body: text };
    }
  }
}

/** How a sender of CloudEvents asks whether its events are wanted: https://github.com/cloudevents/spec, HTTP web hooks, 4. */
function abuseProtection(origin: string, webhook: OpenWebhook, rate: number): Answer {
  const allow = allowedMethods(webhook).join(", ");
  const perMinute = String(Math.max(1, Math.floor((webhook.rateLimit ?? rate) * 60)));
  return {
    status: 200,
    headers: { allow, "webhook-allowed-origin": origin, "webhook-allowed-rate": perMinute },
  };
}

function allowedMethods({ allowedMethods }: OpenWebhook): readonly string[] {
  return allowedMethods.length === 0 ? webhookMethods : allowedMethods;
}

/** All headers by their names in lower case, repeated ones joined. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const headers = new Map<string, string>();
  const raw = request.rawHeaders;
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at]?.toLowerCase() ?? "";
    const before = headers.get(name);
    headers.set(name, before === undefined ? (raw[at + 1] ?? "") : `${before}, ${raw[at + 1]}`);
  }
  return Object.fromEntries(headers);
}
