import type { Json, JsonObject } from "../json.ts";
import { isJsonObject, jsonBytes, nestingProblem } from "../json.ts";
import type { WebhookRequest } from "./request.ts";

/** An event has place for more than a request's body of the largest size, unless its text grows in JSON. */
const mostBytes = 1_200_000;
/** The payload is one level itself. */
const mostLevels = 63;

/**
 * What an event has of its request where the template says nothing of a payload: what cannot be stored is replaced.
 *
 * @param body left out with requests that become several events, which would each repeat it
 */
export function defaultPayload(request: WebhookRequest, body: Json | undefined): JsonObject {
  const { method, headers } = request;
  const shown = body === undefined ? null : storable(body);
  const whole: JsonObject = { method, headers: storable({ ...headers }), body: shown };
  return jsonBytes(whole) <= mostBytes
    ? whole
    : { method, headers: whole.headers ?? null, body: null, truncated: true };
}

function storable(value: Json): Json {
  if (nestingProblem(value, mostLevels) !== null) return plain(JSON.stringify(value));
  return cleaned(value);
}

function cleaned(value: Json): Json {
  if (typeof value === "string") return plain(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [plain(key), cleaned(inner)]));
}

/** Text that can be stored: what cannot be is shown as U+FFFD. */
export function plain(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}
