import type { Reading } from "../document/reading.ts";
import { nextTimes } from "./next-times.ts";
import type { ScheduleTimes } from "./schedule.ts";

const century = 100 * 366 * 86_400_000;

/** Notes what is wrong with the cron expression or the rule of a schedule at `path`: what cannot be read, and what never comes. */
export function checkTimes(
  reading: Reading,
  schedule: ScheduleTimes,
  path: readonly string[],
  now: number,
): void {
  const { kind } = schedule.timing;
  const at = [...path, kind];
  try {
    const [next] = nextTimes(schedule, now, now + century, 1);
    if (next === undefined && !mayEnd(schedule.timing))
      reading.refuse(at, "never comes: no calendar has such a date within a hundred years");
  } catch (error) {
    reading.refuse(at, problemOf(error, kind));
  }
}

/** A rule may be over. */
function mayEnd(timing: ScheduleTimes["timing"]): boolean {
  return timing.kind === "rrule" && /\b(?:COUNT|UNTIL)=/i.test(timing.rrule);
}

/** What the libraries say, as the end of a sentence that begins with the place. */
function problemOf(error: unknown, kind: ScheduleTimes["timing"]["kind"]): string {
  const message = error instanceof Error ? error.message : String(error);
  if (kind === "rrule" && message.startsWith("has ")) return message;
  if (/exactly|requires/.test(message))
    return "must have five parts: minutes, hours, days of the month, months, days of the week; seconds are for an interval";
  const said = message.replace(/^Cron\w*: /, "");
  return `is no ${kind === "cron" ? "cron expression" : "recurrence rule"}: ${said}`;
}
