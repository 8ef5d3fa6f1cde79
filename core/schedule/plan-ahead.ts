import { endOfTime, nextTimes, timesAfter } from "./next-times.ts";
import type { ScheduleTimes } from "./schedule.ts";

const leastRuns = 3;
const mostRuns = 100;
const hour = 3_600_000;
const farthest = 100 * 24 * hour;

/** What is to be done for a schedule now. */
export interface Plan {
  /** The times of the runs to make, first to last. */
  make: number[];
  /** The time of the last run there is then; null for none. */
  madeUntil: number | null;
  /** When to look again; null where nothing comes any more. */
  dueAt: number | null;
}

/**
 * Plans a schedule's runs: at least 3 ahead, and so many that they reach an hour ahead, at most 100, none farther than 100 days. They are made
 * for two hours, so that an hour passes until there must be more.
 *
 * @param madeUntil the time of the last run that was made before; null for none
 */
export function planAhead(schedule: ScheduleTimes, now: number, madeUntil: number | null): Plan {
  const ahead: number[] = [];
  for (const time of timesAfter(schedule, now)) {
    if (time > now + farthest) break;
    ahead.push(time);
    if (ahead.length === mostRuns || (ahead.length >= leastRuns && time >= now + 2 * hour)) break;
  }
  const last = ahead.at(-1) ?? null;
  return {
    make: madeUntil === null ? ahead : ahead.filter((time) => time > madeUntil),
    madeUntil: last === null ? madeUntil : Math.max(last, madeUntil ?? last),
    dueAt: nextLook(schedule, now, ahead),
  };
}

function nextLook(schedule: ScheduleTimes, now: number, ahead: readonly number[]): number | null {
  const third = ahead.at(-leastRuns);
  const last = ahead.at(-1) ?? now;
  if (third === undefined) {
    // Fewer lie within reach: the next one is made when it does.
    const [next] = nextTimes(schedule, Math.max(last, now), endOfTime, 1);
    return next === undefined ? null : Math.max(next - farthest, now + 1);
  }
  if (ahead.length === mostRuns) return Math.min(third, ahead[mostRuns / 2] ?? third);
  return Math.min(third, last - hour);
}
