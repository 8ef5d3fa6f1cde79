import type { LogEvent } from "../event/event.ts";
import { type Bucket, counting } from "./bucket.ts";
import type { Part } from "./match.ts";
import type { EventTrigger } from "./trigger.ts";
import { ignored, type Verdict } from "./verdict.ts";
import { firstWindow, milliseconds, openWindow, placeIn } from "./window.ts";

/**
 * What an event does to a proactive trigger (triggers.md §7). It never makes one fire; that is for the ends of windows.
 *
 * @param bucket the open window of the event's key, if there is one
 */
export function judgeProactive(
  trigger: EventTrigger,
  part: Part,
  bucket: Bucket | null,
  event: LogEvent,
): Verdict {
  if (trigger.threshold === 0) return ignored(bucket, { kind: "threshold-zero" });
  if (bucket === null) return open(trigger, part, event);
  switch (placeIn(bucket, event)) {
    case "behind":
      return ignored(bucket, { kind: "ahead-of-window", end: bucket.end ?? event.occurred });
    case "before":
      return part.expected ? tooOld(part, bucket, event) : again(bucket, event);
    case "inside":
      return part.expected ? count(trigger, part, bucket, event) : again(bucket, event);
  }
}

/** What the end of a window does: fewer than enough came, or it would have been closed. */
export function missProactive(trigger: EventTrigger, bucket: Bucket, clock: number): Verdict {
  const end = bucket.end ?? clock;
  return {
    after:
      trigger.after.length > 0 ? null : { ...watchFrom(trigger, Math.max(end, clock), null), firedAt: end },
    outcome: { kind: "missed", count: bucket.count, needed: trigger.threshold },
    fired: bucket,
  };
}

/** What watching begins with; null where only an event opens a window. */
export function startProactive(trigger: EventTrigger, clock: number): Verdict | null {
  const waits = trigger.after.length > 0 || trigger.forEach.length > 0 || trigger.threshold === 0;
  return waits ? null : { after: watchFrom(trigger, clock, null), outcome: { kind: "started" }, fired: null };
}

function open(trigger: EventTrigger, part: Part, event: LogEvent): Verdict {
  if (trigger.after.length === 0) {
    return count(trigger, part, deadline(firstWindow(event, milliseconds(trigger.within))), event);
  }
  return part.arming
    ? { after: watchFrom(trigger, event.occurred, event.id), outcome: { kind: "armed" }, fired: null }
    : ignored(null, { kind: "not-armed" });
}

function count(trigger: EventTrigger, part: Part, bucket: Bucket, event: LogEvent): Verdict {
  const needed = trigger.threshold;
  const filled = counting(bucket, event.id);
  if (filled.count < needed) {
    return { after: filled, outcome: { kind: "counted", count: filled.count, needed }, fired: null };
  }
  const rearmed = part.arming || trigger.after.length === 0;
  return {
    after: rearmed ? watchFrom(trigger, event.occurred, event.id) : null,
    outcome: { kind: "satisfied", count: filled.count, rearmed },
    fired: null,
  };
}

/** It does not count; where it arms, it is one more arming event all the same. */
function tooOld({ arming }: Part, bucket: Bucket, event: LogEvent): Verdict {
  const { start, firedAt } = bucket;
  const after = arming ? { ...bucket, lastEvent: event.id } : bucket;
  return ignored(after, { kind: "too-old", start: start ?? event.occurred, firedAt });
}

function again(bucket: Bucket, event: LogEvent): Verdict {
  return ignored({ ...bucket, lastEvent: event.id }, { kind: "already-armed", start: bucket.start });
}

function watchFrom(trigger: EventTrigger, start: number, lastEvent: string | null): Bucket {
  return { ...deadline(openWindow(start, start + milliseconds(trigger.within))), lastEvent };
}

function deadline(window: Bucket): Bucket {
  return { ...window, dueAt: window.end };
}
