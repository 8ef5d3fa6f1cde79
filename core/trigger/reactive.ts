import type { LogEvent } from "../event/event.ts";
import { type Bucket, counting, forgottenAfter } from "./bucket.ts";
import type { Part } from "./match.ts";
import type { EventTrigger } from "./trigger.ts";
import { ignored, type Verdict } from "./verdict.ts";
import { firstWindow, milliseconds, openWindow, placeIn } from "./window.ts";

/**
 * What an event does to a reactive trigger (triggers.md §6). Time alone does nothing to one.
 *
 * @param bucket the open window of the event's key, if there is one
 * @param eventClock the greatest `occurred` so far, by which windows that ran out long ago are forgotten
 */
export function judgeReactive(
  trigger: EventTrigger,
  part: Part,
  bucket: Bucket | null,
  event: LogEvent,
  eventClock: number | null,
): Verdict {
  const known = isForgotten(bucket, eventClock) ? null : bucket;
  if (trigger.after.length > 0) return judgeArmed(trigger, part, known, event);
  return trigger.within === 0 ? judgeUnbounded(trigger, known, event) : judgeTumbling(trigger, known, event);
}

function isForgotten(bucket: Bucket | null, eventClock: number | null): boolean {
  return (
    bucket !== null && bucket.end !== null && eventClock !== null && bucket.end + forgottenAfter <= eventClock
  );
}

/** 6.1: no window, only a count. */
function judgeUnbounded(trigger: EventTrigger, bucket: Bucket | null, event: LogEvent): Verdict {
  return count(trigger, bucket ?? openWindow(null, null), event, () => null);
}

/** 6.2: windows that follow one another. */
function judgeTumbling(trigger: EventTrigger, bucket: Bucket | null, event: LogEvent): Verdict {
  const within = milliseconds(trigger.within);
  const follow = (filled: Bucket): Bucket => {
    const end = filled.end ?? event.occurred;
    return { ...openWindow(end, end + within), firedAt: event.occurred };
  };
  if (bucket === null) {
    return count(trigger, firstWindow(event, within), event, follow);
  }
  const place = placeIn(bucket, event);
  if (place === "before") {
    return ignored(bucket, {
      kind: "too-old",
      start: bucket.start ?? event.occurred,
      firedAt: bucket.firedAt,
    });
  }
  const current = place === "inside" ? bucket : openWindow(event.occurred, event.occurred + within);
  return count(trigger, current, event, follow);
}

/** 6.3: events count after one that arms. */
function judgeArmed(trigger: EventTrigger, part: Part, bucket: Bucket | null, event: LogEvent): Verdict {
  const place = bucket === null ? "behind" : placeIn(bucket, event);
  if (bucket === null || place === "behind") {
    if (part.arming) return arm(trigger, part, bucket, event);
    const end = bucket?.end ?? null;
    return ignored(bucket, end === null ? { kind: "not-armed" } : { kind: "window-over", end });
  }
  if (place === "before" || !part.expected) {
    return part.expected
      ? ignored(bucket, { kind: "too-old", start: bucket.start ?? event.occurred, firedAt: null })
      : ignored({ ...bucket, lastEvent: event.id }, { kind: "already-armed", start: bucket.start });
  }
  return count(trigger, bucket, event, () => null);
}

function arm(trigger: EventTrigger, part: Part, bucket: Bucket | null, event: LogEvent): Verdict {
  const endless = trigger.within === 0;
  // An empty `expect` names nothing: there the arming event is one of those that are not counted, and those behind it are.
  if (endless && part.expected && trigger.expect.length > 0) {
    return ignored(bucket, { kind: "cannot-follow-itself" });
  }
  const end = endless ? null : event.occurred + milliseconds(trigger.within);
  return {
    after: { ...openWindow(event.occurred, end), lastEvent: event.id },
    outcome: { kind: "armed" },
    fired: null,
  };
}

/** Counts the event; at the threshold the trigger fires, and `next` is what follows the window. */
function count(
  trigger: EventTrigger,
  bucket: Bucket,
  event: LogEvent,
  next: (filled: Bucket) => Bucket | null,
): Verdict {
  const needed = Math.max(1, trigger.threshold);
  const filled = counting(bucket, event.id);
  return filled.count < needed
    ? { after: filled, outcome: { kind: "counted", count: filled.count, needed }, fired: null }
    : { after: next(filled), outcome: { kind: "fired", count: filled.count, needed }, fired: filled };
}
