import { expect, it } from "vitest";
import { RateLimits } from "../../../server/webhook/rate.ts";

it("actions 6.4: 60 a second, 120 at once, each webhook for itself", () => {
  let now = 0;
  const limits = new RateLimits(() => now);
  const taken = (id: string) => {
    let count = 0;
    while (limits.take(id, 60) === 0) count++;
    return count;
  };
  expect(taken("a")).toBe(120);
  expect(taken("b")).toBe(120);
  now += 500;
  expect(taken("a")).toBe(30);
  expect(limits.take("a", 60)).toBeCloseTo(1 / 60);
  now += 3_600_000;
  expect(taken("a")).toBe(120);
});

it("a webhook of less than one request a second takes one, and says when to come again", () => {
  let now = 0;
  const limits = new RateLimits(() => now);
  expect(limits.take("a", 0.1)).toBe(0);
  expect(limits.take("a", 0.1)).toBeCloseTo(10);
  now += 10_000;
  expect(limits.take("a", 0.1)).toBe(0);
});
