import { expect, it } from "vitest";
import { scheduleWords } from "../../web/app/deployments/schedule-words.ts";

const timezone = "Europe/Paris";

it.each([
  [{ cron: "0 9 * * 1-5" }, "at 09:00, Monday through Friday (Europe/Paris)"],
  [{ cron: "*/15 * * * *" }, "every 15 minutes (Europe/Paris)"],
  [{ cron: "30 8,12 * * MON" }, "at 08:30 and 12:30, only on Monday (Europe/Paris)"],
  [{ cron: "no cron at all" }, "by the cron expression no cron at all (Europe/Paris)"],
  [{ interval: 60 }, "every minute"],
  [{ interval: 5400 }, "every 90 minutes"],
  [{ interval: 0.5 }, "every 0.5 seconds"],
  [
    { rrule: "FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=9;BYMINUTE=30" },
    "every week on Monday, Friday at 09:30 (Europe/Paris)",
  ],
  [{ rrule: "RRULE:FREQ=DAILY;INTERVAL=2;COUNT=3" }, "every 2 days, 3 times (Europe/Paris)"],
  [
    { rrule: "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=FR" },
    "by the rule FREQ=MONTHLY;BYSETPOS=-1;BYDAY=FR (Europe/Paris)",
  ],
  [{ rrule: "FREQ=DAILY;BYDAY=1MO" }, "by the rule FREQ=DAILY;BYDAY=1MO (Europe/Paris)"],
])("%j is %s", (timing, words) => {
  expect(scheduleWords({ ...timing, timezone })).toBe(words);
});
