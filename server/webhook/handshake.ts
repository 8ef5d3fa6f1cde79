import { isJsonObject, type Json } from "../../core/json.ts";
import type { WebhookAuth } from "../../core/webhook/auth.ts";

/** What is answered to a sender that wants to know whether its events are wanted; no event comes of it. */
export interface Handshake {
  readonly contentType: string;
  readonly text: string;
}

/**
 * The answer to Azure Event Grid's validation of a subscription, and, where Slack signs, to its verification of a URL. Null where the
 * request is none of these.
 */
export function handshakeOf(
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  auth: WebhookAuth,
): Handshake | null {
  if (headers["aeg-event-type"]?.toLowerCase() === "subscriptionvalidation") {
    const given = parsed(body);
    const [event] = Array.isArray(given) ? given : [given];
    const data = isJsonObject(event) ? event.data : undefined;
    const code = isJsonObject(data) ? data.validationCode : undefined;
    if (typeof code !== "string") return null;
    return { contentType: "application/json", text: JSON.stringify({ validationResponse: code }) };
  }
  if (auth.type !== "slack") return null;
  const given = parsed(body);
  if (!isJsonObject(given) || given.type !== "url_verification" || typeof given.challenge !== "string")
    return null;
  return { contentType: "text/plain; charset=utf-8", text: given.challenge };
}

function parsed(body: Uint8Array): Json | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as Json; // nothing else comes of it
  } catch {
    return undefined;
  }
}
