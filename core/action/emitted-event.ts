import type { EmitEvent } from "../automation/action.ts";
import { ownNames } from "../automation/emit-event.ts";
import { derivedId } from "../derived-id.ts";
import { InvalidInputError } from "../error.ts";
import type { NewEvent } from "../event/new-event.ts";
import { parseEvent, sizeIssue } from "../event/parse-event.ts";
import { followed } from "../event/untimed-event.ts";
import { type Json, type JsonObject, jsonBytes } from "../json.ts";

/** The id of the event that an action run emits: however often it is carried out, it is the same one. */
export function emittedEventId(actionRun: string): string {
  return derivedId("emitted event", actionRun);
}

type Texts = Pick<EmitEvent, "event" | "resource" | "related">;

/** Every text of an event but for its payload: its name, then the values of its labels. */
export function eventTexts({ event, resource, related }: Texts): string[] {
  return [event, ...[resource, ...related].flatMap((labels) => Object.values(labels))];
}

/** The event with other texts in their places, as many as `eventTexts` gives. */
export function withTexts({ resource, related }: Texts, [event = "", ...values]: readonly string[]): Texts {
  const left = values.values();
  const filled = (labels: Texts["resource"]) =>
    Object.fromEntries(Object.keys(labels).map((label) => [label, left.next().value ?? ""]));
  return { event, resource: filled(resource), related: related.map(filled) };
}

export interface Emission {
  readonly actionRun: string;
  readonly at: Date;
  readonly triggeringEvent: { readonly id: string; readonly occurred: Date | null } | null;
  readonly chain: readonly string[];
}

/**
 * The event that an action emits, its templates filled in. It follows the triggering event where the two are close in time.
 *
 * @throws InvalidInputError where it is no event that can be stored, or bears a name of the server's own
 */
export function emittedEvent(given: Texts & { readonly payload: JsonObject }, emission: Emission): NewEvent {
  const { actionRun, at, triggeringEvent, chain } = emission;
  if (given.event.startsWith(ownNames)) {
    const name = JSON.stringify(given.event.slice(0, 80));
    throw InvalidInputError.at(
      ["event"],
      `${name} begins with "${ownNames}", as only the server's own events do`,
    );
  }
  const id = emittedEventId(actionRun);
  const parsed = parseEvent({ ...given, id }, { newId: () => id, now: at });
  if (!parsed.ok) throw new InvalidInputError(parsed.issues);
  const { given: _, ...event } = parsed.event;
  const whole: NewEvent = { ...event, follows: followedBy(triggeringEvent, at), chain };
  const json: unknown = whole;
  // Plain JSON but for its date, which is written as a text.
  const issue = sizeIssue(jsonBytes(json as Json));
  if (issue !== null) throw new InvalidInputError([{ ...issue, message: `it ${issue.message}` }]);
  return whole;
}

function followedBy(before: Emission["triggeringEvent"], at: Date): string | null {
  return before?.occurred == null ? null : followed({ id: before.id, timestamp: before.occurred }, at);
}
