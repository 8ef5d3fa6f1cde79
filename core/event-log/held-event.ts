import type { LogEvent } from "../event/event.ts";

/** An event that waits for its leader. Its body is read from the log again when it is judged. */
export interface HeldEvent extends Pick<LogEvent, "id" | "position" | "received" | "occurred"> {
  readonly follows: string;
}

/** How long after it was received an event is held at most, in milliseconds; then it is judged without its leader. */
export const longestWait = 900_000;

/** The order in which held events are judged when their time comes together. */
export function byOccurrence(a: HeldEvent, b: HeldEvent): number {
  return a.occurred - b.occurred || a.position - b.position;
}
