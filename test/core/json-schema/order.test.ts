import { describe, expect, it } from "vitest";
import { order } from "../../../core/json-schema/order.ts";

describe("two values are compared", () => {
  it.each<[string, unknown, string, unknown]>([
    ["numbers", 9, "<", 10],
    ["numbers of both kinds", 9n, "<", 9.5],
    ["texts by their codes", "Zoe", "<", "anna"],
    ["texts of digits like other texts", "9", ">", "10"],
    ["dates", "2026-01-31", "<", "2026-02-01"],
    ["timestamps as moments", "2026-01-01T12:00:00+02:00", "<", "2026-01-01T11:00:00Z"],
    ["timestamps in two spellings", "2026-01-01T12:00:00+02:00", "=", "2026-01-01T10:00Z"],
    ["timestamps without an offset as UTC", "2026-01-01T12:00:00", "=", "2026-01-01T12:00:00.000Z"],
    ["fractions of any length", "2026-01-01T00:00:00.0000001Z", "<", "2026-01-01T00:00:00.0000002Z"],
    ["a date as its beginning", "2026-01-01", "<", "2026-01-01T00:00:00.1Z"],
    ["times of day", "09:30", "=", "09:30:00.0"],
    ["times of day", "09:30:01", ">", "09:30"],
    ["durations", "PT90M", ">", "PT1H"],
    ["durations", "P1W", "=", "PT168H"],
    ["durations", "P1M", "<", "P31D"],
    ["what only looks like a timestamp as text", "2026-13-01T00:00:00Z", ">", "2026-02-01T00:00:00Z"],
    ["dates of the code", new Date(1), "<", new Date(2)],
  ])("%s: %s %s %s", (_, one, sign, other) => {
    expect(Math.sign(order(one, other)?.sign ?? Number.NaN)).toBe({ "<": -1, "=": 0, ">": 1 }[sign]);
    expect(Math.sign(order(other, one)?.sign ?? Number.NaN) + 0).toBe({ "<": 1, "=": 0, ">": -1 }[sign]);
  });

  it("only where they are of one kind", () => {
    for (const [one, other] of [
      [1, "1"],
      [true, false],
      [[], []],
      [null, 1],
    ])
      expect(order(one, other)).toBeNull();
  });
});
