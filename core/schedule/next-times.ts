import { cronTimes } from "./cron-times.ts";
import { intervalTimes } from "./interval-times.ts";
import { ruleTimes } from "./rule-times.ts";
import type { ScheduleTimes } from "./schedule.ts";

/** The farthest instant that is asked for: a calendar of four digits. */
export const endOfTime = Date.UTC(9999, 0, 1);

/**
 * The times of a checked schedule that are after one instant and not after another, each later than the one before, at most so many.
 * Throws, saying what is wrong, for one that was not checked.
 */
export function nextTimes(schedule: ScheduleTimes, after: number, until: number, limit: number): number[] {
  const times: number[] = [];
  if (limit <= 0) return times;
  for (const time of timesAfter(schedule, after)) {
    if (time > until) break;
    if (times.push(time) === limit) break;
  }
  return times;
}

/** Likewise all of them, one after the other, for whoever stops asking. */
export function* timesAfter(schedule: ScheduleTimes, after: number): Generator<number, void> {
  const next = timesOf(schedule);
  for (let last = after; ; ) {
    const time = next(last);
    if (time === null || time <= last) return;
    yield time;
    last = time;
  }
}

function timesOf({ timing, anchor, timezone }: ScheduleTimes): (after: number) => number | null {
  switch (timing.kind) {
    case "cron":
      return cronTimes(timing.cron, timezone);
    case "interval":
      return intervalTimes(Math.round(timing.seconds * 1000), anchor ?? 0, timezone);
    case "rrule":
      return ruleTimes(timing.rrule, anchor, timezone);
  }
}
