import { suggestion } from "../document/nearest.ts";
import type { Issue } from "../error.ts";
import type { GivenEvent } from "../event/parse-event.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { parseMoment } from "./moment.ts";

/** Events that one request can become. */
const mostEvents = 100;

export const eventFields = ["event", "resource", "related", "payload", "id", "occurred", "follows"];

export type ResultReading =
  | { readonly ok: true; readonly events: readonly GivenEvent[] }
  | { readonly ok: false; readonly issues: Issue[] };

/**
 * What a template has made of a request, as events (actions.md 6.3): an object, or a list of them. Labels that are numbers or booleans
 * become text, those that are null are dropped. Of `id`, `occurred` and `follows` an empty text is as good as none. Whether the events
 * themselves are as they must be is for `parseEvent` to say.
 */
export function readResult(result: Json): ResultReading {
  const list = Array.isArray(result) ? result : [result];
  if (list.length === 0) return refusal([], "is an empty list; a request becomes at least one event");
  if (list.length > mostEvents)
    return refusal([], `is a list of ${list.length} events; a request becomes at most ${mostEvents}`);
  const issues: Issue[] = [];
  const events = list.map((item, at) => readEvent(item, Array.isArray(result) ? [String(at)] : [], issues));
  return issues.length > 0 ? { ok: false, issues } : { ok: true, events };
}

function readEvent(given: Json, path: readonly string[], issues: Issue[]): GivenEvent {
  const refuse = (field: readonly string[], message: string) =>
    issues.push({ path: [...path, ...field], message });
  if (!isJsonObject(given)) {
    refuse([], `must be an object with event and resource, and is ${kindOf(given)}`);
    return { event: "" };
  }
  for (const field of Object.keys(given))
    if (!eventFields.includes(field))
      refuse([field], `is no field of an event${suggestion(field, eventFields)}`);
  const { event, related = null } = given;
  if (typeof event !== "string" || event === "")
    refuse(
      ["event"],
      `must be the event's name, a text that is not empty${event === "" ? "" : `, and is ${kindOf(event)}`}`,
    );
  if (related !== null && !Array.isArray(related))
    refuse(["related"], `must be a list of resources, and is ${kindOf(related)}`);
  return {
    event: typeof event === "string" ? event : "",
    resource: labels(given.resource),
    related: Array.isArray(related) ? related.map(labels) : [],
    payload: given.payload ?? null,
    id: optionalText(given, "id", refuse),
    occurred: moment(given, refuse),
    follows: optionalText(given, "follows", refuse),
  };
}

/** Labels as far as they can be made texts; what is left is refused by `parseEvent`. */
function labels(given: Json | undefined): unknown {
  if (!isJsonObject(given)) return given;
  const kept = Object.entries(given).filter(([, value]) => value !== null);
  return Object.fromEntries(
    kept.map(([label, value]) => [
      label,
      typeof value === "number" || typeof value === "boolean" ? String(value) : value,
    ]),
  );
}

type Refuse = (field: readonly string[], message: string) => void;

function optionalText(given: JsonObject, field: string, refuse: Refuse): string | null {
  const value = given[field] ?? null;
  if (value === null || value === "") return null;
  if (typeof value === "string") return value;
  refuse([field], `must be a text, and is ${kindOf(value)}`);
  return null;
}

function moment(given: JsonObject, refuse: Refuse): Date | null {
  const text = optionalText(given, "occurred", refuse);
  if (text === null) return null;
  const time = parseMoment(text);
  if (time === null)
    refuse(["occurred"], `${JSON.stringify(text.slice(0, 80))} is no time such as 2026-01-31T12:00:00Z`);
  return time;
}

function refusal(path: string[], message: string): ResultReading {
  return { ok: false, issues: [{ path, message }] };
}

export function kindOf(value: Json | undefined): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object"
    ? "an object"
    : `the ${typeof value} ${JSON.stringify(value).slice(0, 80)}`;
}
