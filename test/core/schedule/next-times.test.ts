import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOfTime, nextTimes } from "../../../core/schedule/next-times.ts";
import type { ScheduleTimes, Timing } from "../../../core/schedule/schedule.ts";
import { wallTime } from "../../../core/schedule/wall-time.ts";

const day = 86_400_000;
const cron = (expression: string): Timing => ({ kind: "cron", cron: expression });
const rrule = (text: string): Timing => ({ kind: "rrule", rrule: text });
const interval = (seconds: number): Timing => ({ kind: "interval", seconds });

/** The next times as texts, up to their minutes in UTC. */
function texts(
  timing: Timing,
  from: string,
  limit: number,
  timezone = "Europe/Berlin",
  anchor: string | null = null,
) {
  const schedule = { timing, timezone, anchor: anchor === null ? null : Date.parse(anchor) };
  return nextTimes(schedule, Date.parse(from), endOfTime, limit).map((time) =>
    new Date(time).toISOString().slice(0, 16),
  );
}

describe("inputs 6.2: cron where the clock changes", () => {
  it.each([
    // Europe/Berlin goes from 2:00 to 3:00 at 2026-03-29T01:00Z, and back from 3:00 to 2:00 at 2026-10-25T01:00Z.
    ["30 2 * * *", "2026-03-28T12:00Z", ["2026-03-29T01:00", "2026-03-30T00:30"]],
    ["0 2,3 * * *", "2026-03-28T12:00Z", ["2026-03-29T01:00", "2026-03-30T00:00", "2026-03-30T01:00"]],
    ["30 2 * * *", "2026-10-24T12:00Z", ["2026-10-25T00:30", "2026-10-26T01:30"]],
    ["0,30 2 * * *", "2026-10-24T12:00Z", ["2026-10-25T00:00", "2026-10-25T00:30", "2026-10-26T01:00"]],
    ["0 * * * *", "2026-10-24T23:30Z", ["2026-10-25T00:00", "2026-10-25T01:00", "2026-10-25T02:00"]],
    ["*/30 * * * *", "2026-03-29T00:15Z", ["2026-03-29T00:30", "2026-03-29T01:00", "2026-03-29T01:30"]],
  ])("%s after %s in Berlin", (expression, from, expected) => {
    expect(texts(cron(expression), from, expected.length)).toEqual(expected);
  });

  it.each([
    // America/New_York: 2:00 to 3:00 at 2026-03-08T07:00Z, 2:00 to 1:00 at 2026-11-01T06:00Z.
    ["15 2 * * *", "2026-03-07T12:00Z", ["2026-03-08T07:00", "2026-03-09T06:15"]],
    ["15 1 * * *", "2026-10-31T12:00Z", ["2026-11-01T05:15", "2026-11-02T06:15"]],
    ["*/30 1 * * *", "2026-11-01T04:00Z", ["2026-11-01T05:00", "2026-11-01T05:30", "2026-11-01T06:00"]],
    ["0 9 * * MON-FRI", "2026-11-06T12:00Z", ["2026-11-06T14:00", "2026-11-09T14:00"]],
  ])("%s after %s in New York", (expression, from, expected) => {
    expect(texts(cron(expression), from, expected.length, "America/New_York")).toEqual(expected);
  });
});

describe("inputs 6.2: a cron expression", () => {
  it.each([
    ["@hourly", ["2026-11-21T13:00"]],
    ["@daily", ["2026-11-22T00:00"]],
    ["@weekly", ["2026-11-22T00:00"]],
    ["@monthly", ["2026-12-01T00:00"]],
    ["@yearly", ["2027-01-01T00:00"]],
    ["0 0 13 * FRI", ["2026-11-27T00:00", "2026-12-04T00:00", "2026-12-11T00:00", "2026-12-13T00:00"]],
    ["0 0 L * *", ["2026-11-30T00:00", "2026-12-31T00:00"]],
    ["0 0 * * 5L", ["2026-11-27T00:00", "2026-12-25T00:00"]],
    ["0 0 * * 1#2", ["2026-12-14T00:00"]],
    ["0 0 15W * *", ["2026-12-15T00:00", "2027-01-15T00:00", "2027-02-15T00:00"]],
  ])("%s", (expression, expected) => {
    expect(texts(cron(expression), "2026-11-21T12:00Z", expected.length, "UTC")).toEqual(expected);
  });
});

describe("inputs 6.2: an interval", () => {
  it("of a day or more keeps the time of day; a skipped one comes at the change, a repeated one first", () => {
    const daily = (from: string) => texts(interval(86_400), from, 3, "Europe/Berlin", "2026-01-01T01:30Z");
    expect(daily("2026-03-28T02:00Z")).toEqual(["2026-03-29T01:00", "2026-03-30T00:30", "2026-03-31T00:30"]);
    expect(daily("2026-10-24T02:00Z")).toEqual(["2026-10-25T00:30", "2026-10-26T01:30", "2026-10-27T01:30"]);
    const newYork = texts(interval(86_400), "2026-03-07T15:00Z", 2, "America/New_York", "2026-01-01T14:00Z");
    expect(newYork).toEqual(["2026-03-08T13:00", "2026-03-09T13:00"]);
  });

  it("below a day is the same distance always", () => {
    const hours = texts(interval(12 * 3600), "2026-03-28T12:00Z", 3, "Europe/Berlin", "2026-01-01T08:00Z");
    expect(hours).toEqual(["2026-03-28T20:00", "2026-03-29T08:00", "2026-03-29T20:00"]);
  });

  it("goes on over a day that a calendar leaves out", () => {
    const apia = texts(interval(86_400), "2011-12-28T21:00Z", 4, "Pacific/Apia", "2011-12-01T20:00Z");
    expect(apia).toEqual(["2011-12-29T20:00", "2011-12-30T10:00", "2011-12-30T20:00", "2011-12-31T20:00"]);
  });
});

describe("inputs 6.2: a recurrence rule", () => {
  it.each([
    ["FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=9", ["2026-11-23T08:00", "2026-11-25T08:00", "2026-11-30T08:00"]],
    ["RRULE:FREQ=MONTHLY;BYDAY=-1FR;BYHOUR=17", ["2026-11-27T16:00", "2026-12-25T16:00"]],
    ["DTSTART:20261120T090000\nRRULE:FREQ=DAILY;COUNT=4", ["2026-11-22T08:00", "2026-11-23T08:00"]],
    ["DTSTART:20261120T080000Z\nRRULE:FREQ=DAILY\nEXDATE:20261122T090000", ["2026-11-23T08:00"]],
    ["FREQ=DAILY;UNTIL=20261123", ["2026-11-21T23:00", "2026-11-22T23:00"]],
    ["FREQ=DAILY\nRDATE:20261122T093000", ["2026-11-21T23:00", "2026-11-22T08:30", "2026-11-22T23:00"]],
    ["freq=minutely;interval=20;byhour=3", ["2026-11-22T02:00", "2026-11-22T02:20", "2026-11-22T02:40"]],
  ])("%s", (text, expected) => {
    const ends = /COUNT|UNTIL/.test(text);
    expect(texts(rrule(text), "2026-11-21T12:00Z", ends ? 10 : expected.length)).toEqual(expected);
  });

  it("leaves out a time that is skipped, and takes the first of a repeated one", () => {
    const daily = rrule("FREQ=DAILY;BYHOUR=2;BYMINUTE=30");
    expect(texts(daily, "2026-03-28T12:00Z", 2)).toEqual(["2026-03-30T00:30", "2026-03-31T00:30"]);
    expect(texts(daily, "2026-10-24T12:00Z", 2)).toEqual(["2026-10-25T00:30", "2026-10-26T01:30"]);
  });

  it("without a beginning counts from its anchor, or from the first of January 2020", () => {
    const other = rrule("FREQ=DAILY;INTERVAL=2");
    expect(texts(other, "2026-11-20T00:00Z", 2, "UTC")).toEqual(["2026-11-21T00:00", "2026-11-23T00:00"]);
    expect(texts(other, "2026-11-20T00:00Z", 2, "UTC", "2026-11-18T08:00Z")).toEqual([
      "2026-11-20T08:00",
      "2026-11-22T08:00",
    ]);
  });
});

const zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"];
const timings: fc.Arbitrary<Timing> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("*", "0", "*/7", "15,45", "10-20"),
      fc.constantFrom("*", "2", "1-3", "*/5", "23"),
      fc.constantFrom("*", "1", "L", "10-12"),
      fc.constantFrom("*", "3", "2,10", "MAR-NOV"),
      fc.constantFrom("*", "SUN", "MON-FRI", "1#2"),
    )
    .map((parts) => cron(parts.join(" "))),
  fc
    .oneof(
      fc.integer({ min: 1, max: 200_000 }),
      fc.integer({ min: 1, max: 30 }).map((days) => days * 86_400),
    )
    .map(interval),
  fc
    .tuple(
      fc.constantFrom("DAILY", "WEEKLY", "HOURLY", "MINUTELY"),
      fc.integer({ min: 1, max: 5 }),
      // With an hour or a minute besides, every fourth hour or minute may never come.
      fc.constantFrom("", ";BYDAY=SU", ";BYMONTH=3,11"),
    )
    .map(([freq, every, by]) => rrule(`FREQ=${freq};INTERVAL=${every}${by}`)),
);
const schedules: fc.Arbitrary<ScheduleTimes> = fc.record({
  timing: timings,
  timezone: fc.constantFrom(...zones),
  anchor: fc.constant(null),
});
/** Near the changes of the clock more often than not. */
const instants = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
  fc
    .tuple(
      fc.constantFrom(
        Date.UTC(2026, 2, 29),
        Date.UTC(2026, 9, 25),
        Date.UTC(2026, 2, 8),
        Date.UTC(2026, 10, 1),
      ),
      fc.integer({ min: -day, max: day }),
    )
    .map(([change, off]) => change + off),
);

describe("inputs 6.2: times of any schedule", () => {
  it("each is later than the one before, and all are within the bounds", () => {
    fc.assert(
      fc.property(schedules, instants, fc.integer({ min: 0, max: 40 * day }), (schedule, after, span) => {
        const times = nextTimes(schedule, after, after + span, 30);
        let last = after;
        for (const time of times) {
          expect(time).toBeGreaterThan(last);
          last = time;
        }
        expect(last).toBeLessThanOrEqual(after + span);
      }),
    );
  });

  it("going on behind any of them gives the rest", () => {
    fc.assert(
      fc.property(schedules, instants, fc.integer({ min: 0, max: 11 }), (schedule, after, at) => {
        const whole = nextTimes(schedule, after, endOfTime, 12);
        const from = whole[at];
        if (from === undefined) return;
        expect(nextTimes(schedule, from, endOfTime, 11 - at)).toEqual(whole.slice(at + 1));
      }),
    );
  });

  it("an interval's are its multiples from the anchor: by the clock from a day on, else by time", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400_000 }),
        fc.constantFrom(...zones),
        instants,
        instants,
        (seconds, timezone, anchor, after) => {
          const times = nextTimes({ timing: interval(seconds), timezone, anchor }, after, endOfTime, 10);
          expect(times).toHaveLength(10);
          const off = times.filter((time) => {
            const distance =
              seconds < 86_400 ? time - anchor : wallTime(time, timezone) - wallTime(anchor, timezone);
            return distance % (seconds * 1000) !== 0;
          });
          // At most where the clock is set forward over one, which happens once in so many.
          expect(off.length).toBeLessThanOrEqual(seconds < 86_400 ? 0 : 1);
        },
      ),
    );
  });
});
