import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOfTime, nextTimes } from "../../../core/schedule/next-times.ts";
import { planAhead } from "../../../core/schedule/plan-ahead.ts";
import type { ScheduleTimes } from "../../../core/schedule/schedule.ts";

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 21, 12);
const every = (seconds: number): ScheduleTimes => ({
  timing: { kind: "interval", seconds },
  timezone: "UTC",
  anchor: now,
});

describe("inputs 6.2: runs ahead", () => {
  it.each([
    ["1 s", 1, 100],
    ["5 minutes", 300, 24],
    ["a day", 86_400, 3],
    ["30 days", 30 * 86_400, 3],
    ["40 days", 40 * 86_400, 2],
    ["a year", 365 * 86_400, 0],
  ])("of an interval of %s", (_name, seconds, expected) => {
    expect(planAhead(every(seconds), now, null).make).toHaveLength(expected);
  });

  it("are those behind the last one that was made, and none that have passed", () => {
    const first = planAhead(every(86_400), now, null);
    expect(planAhead(every(86_400), now, first.madeUntil).make).toEqual([]);
    const later = planAhead(every(86_400), now + 10 * 24 * hour, first.madeUntil);
    expect(later.make.map((time) => (time - now) / 24 / hour)).toEqual([11, 12, 13]);
  });

  it("end with a rule that ends", () => {
    const rule: ScheduleTimes = {
      timing: { kind: "rrule", rrule: "FREQ=DAILY;UNTIL=20261122" },
      timezone: "UTC",
      anchor: null,
    };
    expect(planAhead(rule, now, null)).toMatchObject({ make: [Date.UTC(2026, 10, 22)], dueAt: null });
  });

  it("whoever looks when it is due finds at least three and an hour of them, each time exactly once", () => {
    const seconds = fc.integer({ min: 30, max: 50 * 86_400 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 59_999 }), (length, delay) => {
        const schedule = every(length);
        const made: number[] = [];
        let [at, until]: [number, number | null] = [now, null];
        for (let look = 0; look < 12; look += 1) {
          const before = made.filter((time) => time > at - delay);
          const reach = (before.at(-1) ?? at) - (at - delay);
          if (look > 0 && length * 1000 * 100 > 3 * hour && length < 30 * 86_400) {
            expect(before.length).toBeGreaterThanOrEqual(2);
            expect(reach).toBeGreaterThanOrEqual(hour);
          }
          const plan = planAhead(schedule, at, until);
          made.push(...plan.make);
          until = plan.madeUntil;
          if (plan.dueAt === null) throw new Error("an interval never ends");
          expect(plan.dueAt).toBeGreaterThan(at);
          at = plan.dueAt + delay;
        }
        expect(made).toEqual(nextTimes(schedule, now, made.at(-1) ?? now, endOfTime));
      }),
    );
  });
});
