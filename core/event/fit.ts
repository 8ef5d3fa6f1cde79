import { type Json, jsonBytes, jsonFits } from "../json.ts";
import type { UntimedEvent } from "./untimed-event.ts";

/** Bytes of an event as UTF-8 JSON (triggers 1). */
export const maxEventBytes = 1_500_000;
/** Related resources of one event. */
export const maxRelated = 100;
/** Characters of a text that an event of the server's own repeats. */
const maxText = 100_000;

/** Place for what is not known yet: the moment, and what the event follows. */
const reserve = 1_000;

/** A text as an event of the server's own repeats it: cut, and without what cannot be stored. */
export function cutText(text: string): string {
  return text.slice(0, maxText).toWellFormed().replaceAll("\0", "");
}

/**
 * An event of the server's own, cut to the size that events have: they never fail for it (triggers 13). The payload goes first, then
 * related resources, from the last one on.
 */
export function fitEvent<Event extends UntimedEvent>(event: Event): Event {
  const related = event.related.slice(0, maxRelated);
  const whole = related.length === event.related.length ? event : { ...event, related };
  // An event is plain JSON but for its dates, whose texts are short.
  if (jsonFits(whole as unknown as Json, maxEventBytes - reserve)) return whole;
  const bytes = (part: unknown) => jsonBytes(part as Json);
  let over = bytes(whole) + reserve - maxEventBytes;
  const payload = { truncated: true };
  over -= bytes(whole.payload) - bytes(payload);
  while (over > 0 && related.length > 0) over -= bytes(related.pop()) + 1;
  return { ...whole, payload, related };
}
