import type { NewEvent } from "./new-event.ts";

/** An event whose moment, and so what it follows, is known only to the statement that writes the change it tells of. */
export type UntimedEvent = Omit<NewEvent, "occurred" | "follows">;

/** Seconds: an event follows the one before it where less lies between the two (triggers 11). */
export const followsWithin = 300;

/** The id of the event before, where an event at `at` is to follow it; null where it is too old, or there is none. */
export function followed(before: { id: string; timestamp: Date } | null, at: Date): string | null {
  if (before === null) return null;
  return at.getTime() - before.timestamp.getTime() < followsWithin * 1000 ? before.id : null;
}
