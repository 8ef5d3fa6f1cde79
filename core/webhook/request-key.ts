import { isJsonObject, type Json } from "../json.ts";
import type { WebhookAuth } from "./auth.ts";
import type { WebhookRequest } from "./request.ts";

/** What a request that comes again has in common with the first: the parts of a derived id. */
export type RequestKey = readonly string[];

const longestKey = 1_000;

/**
 * By what a request is known when it comes again (actions.md 6.3): its id as a Standard Webhook, as a CloudEvent or as GitHub's
 * delivery; where its sender is known by a preset, also the id of its event in the body. Null where every request is a new one.
 */
export function requestKey(
  { headers }: WebhookRequest,
  body: Json | undefined,
  auth: WebhookAuth,
): RequestKey | null {
  const cloudEvent = cloudEventKey(headers["ce-source"], headers["ce-id"]);
  if (cloudEvent !== null) return cloudEvent;
  for (const name of ["webhook-id", "x-github-delivery"]) {
    const key = keyOf(name, headers[name]);
    if (key !== null) return key;
  }
  if (auth.type === "stripe" && isJsonObject(body)) return keyOf("stripe", body.id);
  if (auth.type === "slack" && isJsonObject(body)) return keyOf("slack", body.event_id);
  return auth.type === "gitlab" ? keyOf("gitlab", headers["idempotency-key"]) : null;
}

/** The key of a CloudEvent: what differs in source or id is another event. */
export function cloudEventKey(source: unknown, id: unknown): RequestKey | null {
  if (typeof source !== "string" || typeof id !== "string" || source === "" || id === "") return null;
  return ["cloud-event", source.slice(0, longestKey), id.slice(0, longestKey)];
}

function keyOf(kind: string, value: unknown): RequestKey | null {
  return typeof value === "string" && value !== "" ? [kind, value.slice(0, longestKey)] : null;
}
