import { expect, it } from "vitest";
import { durationsText, ranFor } from "../../web/app/runs/durations.ts";
import type { StateType } from "../../web/gql/graphql.ts";

const at = (seconds: number) => new Date(seconds * 1000).toISOString();
const states = (...list: [StateType, number][]) =>
  list.map(([type, seconds]) => ({ type, timestamp: at(seconds) }));

it("a run ran while its code was running, not between attempts nor while it waited", () => {
  const retried = states(["RUNNING", 0], ["SCHEDULED", 0.2], ["RUNNING", 528], ["COMPLETED", 528.2]);
  expect(ranFor(retried, 1e6)).toBe(400);
  expect(durationsText(400, 528_200, true)).toBe("400ms · 8m 48s from start to end");
  const paused = states(["PENDING", 0], ["RUNNING", 1], ["PAUSED", 3]);
  expect(ranFor(paused, 63_000)).toBe(2_000);
  expect(durationsText(2_000, 62_000, false)).toBe("2s · 1m 2s since its start");
  expect(ranFor(states(["RUNNING", 1]), 61_000)).toBe(60_000);
});

it("one that never waited has one figure", () => {
  expect(durationsText(61_000, 61_000, true)).toBe("1m 1s");
  expect(durationsText(61_000, 61_400, false)).toBe("1m 1s");
  expect(durationsText(20, 80, true)).toBe("20ms");
});
