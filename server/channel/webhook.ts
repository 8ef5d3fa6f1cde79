import type { Webhook } from "../../core/block/webhook.ts";
import type { Context } from "../context.ts";
import type { OutgoingResult } from "../outgoing/request.ts";
import { shownHeaders } from "../outgoing/shown-headers.ts";
import { signatureHeaders } from "../outgoing/signature.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";

/** Characters of an answer that a result keeps. */
const keptBody = 1000;

export interface WebhookCall {
  /** The body as it is sent; empty for none. */
  readonly payload: string;
  /** The same in every attempt. */
  readonly id: string;
  /** From 1; told to the receiver. */
  readonly attempt: number;
  readonly signal?: AbortSignal | undefined;
  /** Takes the block's secrets out of a text. */
  readonly redact: (text: string) => string;
}

/** Calls it once, signed where the block has a secret (actions.md 1.6). The outcome may still hold secrets of the block. */
export async function callOnce(
  ctx: Context,
  block: Webhook,
  { payload, id, attempt, signal, redact }: WebhookCall,
): Promise<Outcome> {
  const bodiless = (block.method === "GET" || block.method === "DELETE") && !block.allow_body;
  const body = payload === "" || bodiless ? null : payload;
  const secrets = [block.signing_secret, block.previous_signing_secret].filter(
    (secret) => secret !== undefined,
  );
  const typed = Object.keys(block.headers).some((name) => name.toLowerCase() === "content-type");
  const result = await ctx.outgoing.send({
    url: block.url,
    method: block.method,
    headers: {
      ...(body !== null && !typed && { "content-type": contentType(body) }),
      "idempotency-key": id,
      "antiphon-attempt": String(attempt),
      ...signatureHeaders({ id, timestamp: ctx.now(), body: body ?? "" }, secrets),
    },
    ownHeaders: block.headers,
    body,
    timeout: block.timeout * 1000,
    followRedirects: block.follow_redirects,
    verify: block.verify,
    ...(signal && { signal }),
  });
  const outcome = outcomeOf(`${block.method} ${new URL(block.url).origin}`, result, {
    now: ctx.now(),
    redact,
  });
  return { ...outcome, details: { ...outcome.details, ...answerDetails(result, redact) } };
}

function contentType(body: string): string {
  try {
    JSON.parse(body);
    return "application/json";
  } catch {
    return "text/plain; charset=utf-8";
  }
}

function answerDetails(
  result: OutgoingResult,
  redact: (text: string) => string,
): Record<string, string | Record<string, string>> {
  if (result.kind !== "answered") return {};
  const headers = Object.entries(shownHeaders(result.headers)).map(([name, value]) => [name, redact(value)]);
  // What is stored holds no NUL; characters are not cut in half.
  const text = [...redact(result.body)].slice(0, keptBody).join("").replaceAll("\0", "\u{fffd}");
  return { response_body: text, response_headers: Object.fromEntries(headers) };
}
