import type { LabelSpec } from "../trigger/trigger.ts";
import type { LogEvent } from "./event.ts";
import { namesCover, relatedHolds, specHolds } from "./label-spec.ts";

/** Which events somebody wants to see. Whatever is empty or null restricts nothing. */
export interface EventFilter {
  /** Patterns of names, as a trigger's `expect`; one must cover. Null: every name. */
  readonly events: readonly string[] | null;
  /** Patterns of names of which none may cover. */
  readonly excludeEvents: readonly string[];
  readonly resource: LabelSpec;
  /** Must hold on one of the related resources. */
  readonly related: LabelSpec;
  /** Each must occur somewhere in the name, the labels or the payload; as `searched` gives them. */
  readonly words: readonly string[];
  /** From then on; milliseconds. */
  readonly occurredAfter: number | null;
  /** Before then; milliseconds. */
  readonly occurredBefore: number | null;
}

/** What a filter looks at of an event. */
export type Filtered = Omit<LogEvent, "id" | "position" | "received" | "follows"> & {
  readonly payload: unknown;
};

/** Whether the event satisfies all of the filter. */
export function satisfies(filter: EventFilter, event: Filtered): boolean {
  const { occurredAfter, occurredBefore, events, excludeEvents, words } = filter;
  if (occurredAfter !== null && event.occurred < occurredAfter) return false;
  if (occurredBefore !== null && event.occurred >= occurredBefore) return false;
  if (events !== null && (events.length === 0 || !namesCover(events, event.event))) return false;
  if (excludeEvents.length > 0 && namesCover(excludeEvents, event.event)) return false;
  if (!specHolds(filter.resource, event.resource) || !relatedHolds([filter.related], event.related))
    return false;
  return words.length === 0 || holdsWords(words, event);
}

/** The words of a text as they are searched for: as JSON writes them, the letters A to Z in lower case. */
export function searched(text: string): string[] {
  const words = text.split(/\s+/).filter((word) => word !== "");
  return [...new Set(words.map((word) => fold(JSON.stringify(word).slice(1, -1))))];
}

function holdsWords(words: readonly string[], { event, resource, related, payload }: Filtered): boolean {
  const text = fold([event, resource, related, payload].map((part) => JSON.stringify(part)).join("\n"));
  return words.every((word) => text.includes(word));
}

/** Only A to Z: what else has a lower case differs from database to database. */
function fold(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
