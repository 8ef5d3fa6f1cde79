import type { LogEvent } from "../event/event.ts";
import type { Bucket } from "./bucket.ts";

/** A new window in which nothing has counted. Whether its end is a deadline is for its trigger to say. */
export function openWindow(start: number | null, end: number | null): Bucket {
  return { start, end, dueAt: null, count: 0, lastEvent: null, firedAt: null, counted: [] };
}

/** Where an event lies: a window contains its start and not its end. */
export function placeIn(bucket: Bucket, event: LogEvent): "before" | "inside" | "behind" {
  if (bucket.start !== null && event.occurred < bucket.start) return "before";
  return bucket.end !== null && event.occurred >= bucket.end ? "behind" : "inside";
}

/** Seconds of a definition as milliseconds. */
export function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000);
}
