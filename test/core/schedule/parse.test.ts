import { describe, expect, it } from "vitest";
import { InvalidInputError } from "../../../core/error.ts";
import { checkTimes } from "../../../core/schedule/check-times.ts";
import { parseSchedules, type ScheduleParseOptions } from "../../../core/schedule/parse.ts";

const now = Date.UTC(2026, 10, 21);
const look: ScheduleParseOptions["look"] = (reading, schedule, path) =>
  checkTimes(reading, schedule, path, now);

function issues(list: unknown, options: ScheduleParseOptions = {}): string[] {
  try {
    parseSchedules(list, { look, ...options });
  } catch (error) {
    if (error instanceof InvalidInputError) return error.issues.map(({ message }) => message);
    throw error;
  }
  return [];
}

describe("inputs 6.2: a schedule is read", () => {
  it("from a document, code and input alike", () => {
    const written = {
      timing: { kind: "interval", seconds: 600 },
      anchor: Date.UTC(2026, 0, 31, 8),
      timezone: "Europe/Berlin",
      active: false,
      parameters: { n: 1 },
      maxLateRuns: 2,
      catchUp: false,
    };
    const rest = { timezone: "Europe/Berlin", active: false, parameters: { n: 1 } };
    const document = { interval: "PT10M", anchor: "2026-01-31T09:00", max_late_runs: 2, catch_up: false };
    const code = { interval: 600, anchor: new Date(written.anchor), maxLateRuns: 2, catchUp: false };
    expect(parseSchedules([{ ...rest, ...document }])).toEqual([written]);
    expect(parseSchedules([{ ...rest, ...code }], { dialect: "code" })).toEqual([written]);
    expect(parseSchedules([{ ...rest, ...code, cron: null }], { dialect: "input" })).toEqual([written]);
  });

  it("as Prefect writes it, and with the time zone that a rule names", () => {
    const [cron, rule] = parseSchedules([
      { cron: " 0  9 * * * ", timezone: null, day_or: true, active: true, slug: null, max_active_runs: null },
      { rrule: "DTSTART;TZID=Europe/Berlin:20260101T090000\nRRULE:FREQ=DAILY" },
    ]);
    expect(cron).toMatchObject({
      timing: { kind: "cron", cron: "0 9 * * *" },
      timezone: "UTC",
      active: true,
    });
    expect(parseSchedules([{ interval: 60, timezone: "europe/berlin" }])).toMatchObject([
      { timezone: "Europe/Berlin" },
    ]);
    expect(rule).toMatchObject({ timezone: "Europe/Berlin", active: undefined, catchUp: true });
    expect(parseSchedules(undefined)).toEqual([]);
    expect(parseSchedules(null)).toEqual([]);
  });

  it("or refused with every problem and its place", () => {
    const list = [
      { cron: "0 9 * * *", interval: 5 },
      { timezone: "Europe/Berlin" },
      { cron: "61 9 * * *", timezone: "Mars/Phobos", active: "maybe", parametres: {} },
      { cron: "61 9 * * *" },
      { interval: 0.5, anchor: "tomorrow", max_late_runs: -1, parameters: [] },
      { cron: "0 0 30 2 *" },
      { rrule: "FREQ=DAILY;BYHOUR=24" },
      { cron: "0 0 * * * *" },
      { cron: "0 9 * * *", anchor: "2026-01-01", day_or: false },
      "daily",
      { rrule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" },
      { rrule: "DTSTART;TZID=Europe/Berlin:20260101T090000\nRRULE:FREQ=DAILY", timezone: "UTC" },
      { rrule: "FREQ=DAILY;COUNT=3" },
    ];
    expect(issues(list)).toMatchInlineSnapshot(`
      [
        "schedules[0] must have exactly one of cron, interval and rrule; it has cron and interval",
        "schedules[1] must have exactly one of cron, interval and rrule; it has none",
        "schedules[2].parametres is no field of a schedule; did you mean "parameters"?",
        "schedules[2].cron is no cron expression: 61 is no minute; 0 to 59 are",
        "schedules[2].timezone must be a time zone such as Europe/Berlin or UTC; it is the text "Mars/Phobos"",
        "schedules[2].active must be true or false; it is the text "maybe"",
        "schedules[3].cron is no cron expression: 61 is no minute; 0 to 59 are",
        "schedules[4].interval must be at least 1; it is the number 0.5",
        "schedules[4].anchor must be a date and time such as 2026-01-31T09:00:00Z; it is the text "tomorrow"",
        "schedules[4].parameters must be an object of names and values; it is a list",
        "schedules[4].max_late_runs must be a whole number from 0; it is the number -1",
        "schedules[5].cron never comes: no calendar has such a date within a hundred years",
        "schedules[6].rrule has "BYHOUR=24"; BYHOUR is from 0 to 23",
        "schedules[7].cron must have five parts: minutes, hours, days of the month, months, days of the week; seconds are for an interval",
        "schedules[8].day_or is taken only as true; it is false",
        "schedules[8].anchor is for interval and rrule; a cron expression counts from nothing",
        "schedules[9] must be an object; it is the text "daily"",
        "schedules[10].rrule never comes: no calendar has such a date within a hundred years",
        "schedules[11].rrule has the time zone Europe/Berlin, and the schedule's is UTC; give one of them",
        "schedules[12].rrule has a COUNT, which counts from the first time: give DTSTART or an anchor",
      ]
    `);
    expect(issues("daily")).toHaveLength(1);
    expect(issues(Array(101).fill({ interval: 60 }))).toHaveLength(1);
  });
});
