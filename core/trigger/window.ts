import type { LogEvent } from "../event/event.ts";
import { firstInstant } from "../event/first-instant.ts";
import { type Bucket, tolerance } from "./bucket.ts";

/** A new window in which nothing has counted. Whether its end is a deadline is for its trigger to say. */
export function openWindow(start: number | null, end: number | null): Bucket {
  return { start, end, dueAt: null, count: 0, lastEvent: null, firedAt: null, counted: [] };
}

/** The first window of a key: events of one burst count in any order of arrival. @param within milliseconds */
export function firstWindow({ occurred }: LogEvent, within: number): Bucket {
  return openWindow(Math.max(occurred - tolerance, firstInstant), occurred + within);
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
