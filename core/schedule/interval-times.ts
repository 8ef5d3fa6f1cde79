import { instantOf, wallTime } from "./wall-time.ts";

const day = 86_400_000;

/**
 * The next time after an instant of an interval in milliseconds that counts from `anchor`. An interval of a day or more counts by
 * the clock of the time zone, and comes at the same time of day all year; a shorter one is the same distance always.
 */
export function intervalTimes(
  interval: number,
  anchor: number,
  timezone: string,
): (after: number) => number | null {
  if (interval < day) return (after) => anchor + (Math.floor((after - anchor) / interval) + 1) * interval;
  const start = wallTime(anchor, timezone);
  return (after) => {
    // A clock that is set back or forward is less than a day off, so that the next one is near.
    let step = Math.floor((wallTime(after, timezone) - start) / interval) - 1;
    for (;;) {
      const time = instantOf(start + step * interval, timezone);
      if (time > after) return time;
      step += 1;
    }
  };
}
