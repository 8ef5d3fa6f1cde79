import { jsonEquals } from "../json.ts";
import type { ScheduleDefinition, Timing } from "./schedule.ts";

/** A schedule that is there, as far as it tells which of the given ones it is. */
export type KnownSchedule = Pick<ScheduleDefinition, "timing" | "timezone" | "anchor" | "parameters"> & {
  readonly place: number;
};

/**
 * Which of the known schedules each given one is; null for a new one. Schedules have no names: it is the one of the same times and parameters,
 * wherever it stands, and else the one at the same place, which is changed.
 */
export function matchSchedules<Known extends KnownSchedule>(
  known: readonly Known[],
  given: readonly ScheduleDefinition[],
): (Known | null)[] {
  const left = new Set(known);
  const take = (fits: (one: Known) => boolean): Known | null => {
    for (const one of left) {
      if (!fits(one)) continue;
      left.delete(one);
      return one;
    }
    return null;
  };
  const same = given.map((definition) => take((one) => isSame(one, definition)));
  return same.map((one, place) => one ?? take((other) => other.place === place));
}

/** An interval that does not say from when on it counts goes on as it did. */
function isSame(known: KnownSchedule, given: ScheduleDefinition): boolean {
  const open = given.anchor === null && given.timing.kind === "interval";
  return (
    known.timezone === given.timezone &&
    (open || known.anchor === given.anchor) &&
    isSameTiming(known.timing, given.timing) &&
    jsonEquals(known.parameters, given.parameters)
  );
}

function isSameTiming(one: Timing, other: Timing): boolean {
  return scheduleTimingText(one) === scheduleTimingText(other);
}

/** What a schedule's times are given by, in a word and its value: `cron 0 9 * * *`. */
export function scheduleTimingText(timing: Timing): string {
  switch (timing.kind) {
    case "cron":
      return `cron ${timing.cron}`;
    case "interval":
      return `every ${timing.seconds} s`;
    case "rrule":
      return `rrule ${timing.rrule}`;
  }
}
