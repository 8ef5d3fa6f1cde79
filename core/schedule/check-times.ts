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
    // A rule may have ended; days that no calendar has are a mistake.
    if (next === undefined && kind === "cron")
      reading.refuse(at, `never comes: there is no such date as ${JSON.stringify(schedule.timing.cron)}`);
  } catch (error) {
    reading.refuse(at, problemOf(error, kind));
  }
}

/** What the libraries say, as the end of a sentence that begins with the place. */
function problemOf(error: unknown, kind: ScheduleTimes["timing"]["kind"]): string {
  const message = error instanceof Error ? error.message : String(error);
  if (/^Maximum|Out-of-bounds/.test(message)) return "never comes, or too rarely to be worked out";
  if (kind === "rrule" && message.startsWith("has ")) return message;
  if (/exactly|requires/.test(message))
    return "must have five parts: minutes, hours, days of the month, months, days of the week; seconds are for an interval";
  const said = message.replace(/^Cron\w*: /, "");
  return `is no ${kind === "cron" ? "cron expression" : "recurrence rule"}: ${said}`;
}
