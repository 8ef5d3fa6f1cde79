import { derivedId } from "../derived-id.ts";
import type { Issue } from "../error.ts";
import { maxRelated } from "../event/fit.ts";
import { type GivenEvent, type ParsedEvent, parseEvent } from "../event/parse-event.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { cloudEventKey, type RequestKey } from "./request-key.ts";
import { reservedIssue } from "./reserved.ts";
import { webhookResource } from "./webhook-event.ts";

/** Of whom and when a request came, for what the template leaves open. */
export interface Occasion {
  readonly webhook: { readonly id: string; readonly name: string; readonly allowReserved: boolean };
  readonly key: RequestKey | null;
  readonly now: Date;
  /** What is in an event whose template says nothing of a payload. */
  payload(): JsonObject;
  newId(): string;
}

export type Completed =
  | { readonly ok: true; readonly events: readonly ParsedEvent[] }
  | { readonly ok: false; readonly issues: Issue[] };

/** The events of a request with everything filled in, all of them or none: the webhook is related to each. */
export function completeEvents(given: readonly GivenEvent[], occasion: Occasion): Completed {
  const { webhook } = occasion;
  const issues: Issue[] = [];
  const events: ParsedEvent[] = [];
  for (const [at, each] of given.entries()) {
    const path = given.length === 1 ? [] : [String(at)];
    const refuse = (issue: Issue) => issues.push({ ...issue, path: [...path, ...issue.path] });
    const reserved = reservedIssue(each.event, webhook.allowReserved);
    if (reserved !== null) refuse({ path: ["event"], message: reserved });
    const related = each.related ?? [];
    if (related.length >= maxRelated)
      refuse({
        path: ["related"],
        message: `has ${related.length} resources; at most ${maxRelated - 1} and the webhook are taken`,
      });
    const parsed = parseEvent(
      {
        ...each,
        id: each.id ?? derived(each, at, occasion),
        related: [...related, { ...webhookResource(webhook), "prefect.resource.role": "webhook" }],
        payload: each.payload ?? occasion.payload(),
      },
      occasion,
    );
    if (parsed.ok) events.push(parsed.event);
    else for (const issue of parsed.issues) refuse(issue);
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, events };
}

/** The same for the same request to the same webhook; null where nothing says which request it is. */
function derived(event: GivenEvent, at: number, { webhook, key }: Occasion): string | null {
  const attributes = isJsonObject(event.payload as Json | undefined)
    ? (event.payload as JsonObject).cloudevents // what a template makes is JSON
    : undefined;
  const cloudEvent = isJsonObject(attributes) ? cloudEventKey(attributes.source, attributes.id) : null;
  if (cloudEvent !== null) return derivedId("webhook", webhook.id, ...cloudEvent);
  if (key === null) return null;
  return at === 0 ? derivedId("webhook", webhook.id, ...key) : derivedId("webhook", webhook.id, ...key, at);
}
