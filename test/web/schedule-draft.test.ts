import { expect, it } from "vitest";
import { draftOf, inputOf } from "../../web/app/deployments/[id]/schedule/draft.ts";
import type { SchedulePartsFragment } from "../../web/gql/graphql.ts";

const stored: SchedulePartsFragment = {
  id: "s",
  cron: null,
  interval: null,
  rrule: null,
  anchor: null,
  timezone: "Europe/Paris",
  active: true,
  parameters: {},
  maxLateRuns: null,
  catchUp: true,
};

it.each<[string, Partial<SchedulePartsFragment>, object]>([
  ["a cron expression", { cron: "0 9 * * 1" }, { cron: "0 9 * * 1" }],
  [
    "an interval, from a time on the clock of its zone",
    { interval: 5_400, anchor: "2026-03-29T01:30:00.000Z" },
    { interval: 5_400, anchor: "2026-03-29T01:30:00.000Z" },
  ],
  [
    "a rule with all that its runs are given",
    { rrule: "FREQ=DAILY", parameters: { size: "large" }, maxLateRuns: 0, catchUp: false },
    { rrule: "FREQ=DAILY", parameters: { size: "large" }, maxLateRuns: 0, catchUp: false },
  ],
])("%s that nobody changes is sent as it is stored", (_, given, sent) => {
  expect(inputOf(draftOf({ ...stored, ...given }, "UTC"))).toEqual({
    input: { timezone: "Europe/Paris", parameters: {}, catchUp: true, ...sent },
  });
});

it("an interval is shown in the largest unit that it is whole in", () => {
  const shown = [60, 90, 5_400, 172_800].map((interval) => draftOf({ ...stored, interval }, "UTC"));
  expect(shown.map(({ every, unit }) => `${every} ${unit}`)).toEqual([
    "1 minutes",
    "90 seconds",
    "90 minutes",
    "2 days",
  ]);
});

it("what a schedule counts from is shown by its own clock", () => {
  expect(draftOf({ ...stored, interval: 60, anchor: "2026-07-01T07:00:00.000Z" }, "UTC").anchor).toBe(
    "2026-07-01T09:00:00",
  );
});

it("parameters that are no JSON object are said at their field", () => {
  for (const parameters of ["{", "[]", "7"])
    expect(inputOf({ ...draftOf(null, "UTC"), parameters })).toMatchObject({ field: "parameters" });
});

it("what is no number is left to the API to refuse", () => {
  const draft = { ...draftOf(null, "UTC"), kind: "interval" as const, every: "soon" };
  expect(inputOf(draft)).toMatchObject({ input: { interval: 0 } });
});
