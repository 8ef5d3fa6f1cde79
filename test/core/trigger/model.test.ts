import fc from "fast-check";
import { expect, test } from "vitest";
import type { Labels, LogEvent } from "../../../core/event/event.ts";
import { backtest } from "../../../core/trigger/backtest-events.ts";
import { modelFirings, type ToldTrigger } from "./support/model.ts";
import type { ToldEventTrigger } from "./support/model-leaf.ts";
import { metricChanges, type ToldMetric } from "./support/model-metric.ts";
import { triggerOf, zero } from "./support/tell.ts";

const names = ["a", "b", "c", "a.b"];
const patterns = fc.uniqueArray(fc.constantFrom("a", "b", "c", "*", "a*", "!a", "!*", "!c*"), {
  maxLength: 2,
});
const values = fc.constantFrom("red", "redder", "", "!red", "*");
const valuePattern = fc.constantFrom("red", "red*", "!red", "*", "", "!", "!*d", "!!red", "r*d*", "**");
const specOf = (label: string) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: valuePattern.map((pattern) => ({ [label]: pattern })) },
    {
      weight: 1,
      arbitrary: fc.array(valuePattern, { maxLength: 2 }).map((list) => ({ [label]: list })),
    },
  );
const keyed = fc.subarray([
  "prefect.resource.id",
  "related:owner:prefect.resource.id",
  "related:team:east:colour",
  "colour",
]);

const common = {
  type: fc.constant("event" as const),
  match: specOf("colour"),
  match_related: fc.array(specOf("colour"), { maxLength: 2 }),
  expect: patterns,
  after: fc.oneof({ weight: 2, arbitrary: fc.constant<string[]>([]) }, { weight: 2, arbitrary: patterns }),
  for_each: fc.oneof(
    { weight: 2, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.constant(["prefect.resource.id"]) },
    { weight: 1, arbitrary: keyed },
  ),
  threshold: fc.integer({ min: 0, max: 3 }),
};
const eventTriggers: fc.Arbitrary<ToldEventTrigger> = fc.oneof(
  fc.record({
    ...common,
    posture: fc.constant("Reactive" as const),
    within: fc.constantFrom(0, 0.5, 5, 20),
  }),
  fc.record({ ...common, posture: fc.constant("Proactive" as const), within: fc.constantFrom(10, 10.5, 25) }),
);

const limits = fc.constantFrom(null, 0, 5, 40);
const { composite: composites } = fc.letrec<{ composite: ToldTrigger; member: ToldTrigger }>((tie) => ({
  member: fc.oneof({ maxDepth: 2, withCrossShrink: true }, eventTriggers, tie("composite")),
  composite: fc.array(tie("member"), { minLength: 1, maxLength: 3 }).chain((members) => {
    const numbers = fc.integer({ min: 1, max: members.length });
    const common = { within: limits, triggers: fc.constant(members) };
    return fc.oneof(
      fc.record({
        type: fc.constant("compound" as const),
        require: fc.oneof(fc.constantFrom<"any" | "all">("any", "all"), numbers),
        ...common,
      }),
      fc.record({ type: fc.constant("sequence" as const), ...common }),
    );
  }),
}));

const related = fc.record(
  {
    "prefect.resource.id": fc.constantFrom("x", "y"),
    "prefect.resource.role": fc.constantFrom("owner", "team:east"),
    colour: values,
  },
  { requiredKeys: ["prefect.resource.id", "prefect.resource.role"] },
);
const resources: fc.Arbitrary<Labels> = fc
  .record(
    { "prefect.resource.id": fc.constantFrom("r1", "r2"), colour: values },
    { requiredKeys: ["prefect.resource.id"] },
  )
  .map((labels) => labels as Labels);

/** Half seconds, many of which meet the ends of windows. */
const happenings = fc.record({
  event: fc.constantFrom(...names),
  resource: resources,
  related: fc.array(related, { maxLength: 2 }),
  /** Since the one before was received. */
  pause: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(0, 0, 0.5, 1, 2, 5, 10) },
    { weight: 1, arbitrary: fc.constantFrom(25, 300, 890) },
  ),
  /** How late it arrives; one from the future comes before its time. */
  late: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: -6, max: 40 }).map((halves) => halves / 2) },
    { weight: 1, arbitrary: fc.constantFrom(200, 900, 1500) },
  ),
  /** How many places before it its leader stands, or (negative) behind it. */
  follows: fc.option(fc.integer({ min: -4, max: 3 }), { freq: 6 }),
});

const histories = fc.array(happenings, { maxLength: 16 }).map((told) => {
  let received = zero;
  return told.map(({ pause, late, follows, ...event }, index): LogEvent => {
    received += pause * 1000;
    return {
      ...event,
      id: `e${index}`,
      position: index + 1,
      received,
      occurred: received - late * 1000,
      related: event.related as Labels[],
      follows: follows === null ? null : `e${index - follows}`,
    };
  });
});

/** What both of them fire. */
function compare(told: ToldTrigger, events: readonly LogEvent[]): number {
  const until = (events.at(-1)?.received ?? zero) + 930_000;
  const { firings } = backtest({ trigger: triggerOf(told), start: zero, until, events });
  expect(
    firings.map(({ firedAt, time, cause, key, triggeringEventId, counted }) => {
      const position = cause.kind === "event" ? cause.position : null;
      return { at: firedAt, time, cause: position, key, triggeringEvent: triggeringEventId, counted };
    }),
  ).toEqual(modelFirings(told, events, { start: zero, until }));
  return firings.length;
}

test("triggers 2, 3, 5 to 7, 10, 11: an event trigger fires over any history as the rules are written", () => {
  let fired = 0;
  fc.assert(
    fc.property(eventTriggers, histories, (told, events) => {
      fired += compare(told, events);
    }),
    { numRuns: 300 },
  );
  expect(fired).toBeGreaterThan(300);
});

test("triggers 8, 12: so does a composite of any members", () => {
  let fired = 0;
  fc.assert(
    fc.property(composites, histories, (told, events) => {
      fired += compare(told, events);
    }),
    { numRuns: 300 },
  );
  expect(fired).toBeGreaterThan(300);
});

const runStates = ["Late", "Pending", "Running", "Completed", "Failed", "Crashed", "Cancelled"];
const metrics: fc.Arbitrary<ToldMetric> = fc.record({
  name: fc.constantFrom("successes", "duration", "lateness"),
  operator: fc.constantFrom("<", ">="),
  threshold: fc.constantFrom(0.5, 0.6, 1, 20, 100),
  range: fc.constantFrom(300, 420),
  firing_for: fc.constantFrom(300, 360),
});
const punctualRuns = fc
  .array(
    fc.record({
      state: fc.constantFrom(...runStates),
      run: fc.constantFrom("r1", "r2", "r3"),
      pause: fc.constantFrom(0, 0.5, 5, 20, 60, 150, 299.5, 300),
    }),
    { maxLength: 14 },
  )
  .map((told) => {
    let now = zero;
    return told.map(({ state, run, pause }, index): LogEvent => {
      now += pause * 1000;
      return {
        id: `e${index}`,
        position: index + 1,
        received: now,
        occurred: now,
        event: `prefect.flow-run.${state}`,
        resource: { "prefect.resource.id": run },
        related: [],
        follows: null,
      };
    });
  });

test("triggers 9: a metric fires over any runs as one does that computes its figure at every half second", () => {
  let fired = 0;
  fc.assert(
    fc.property(metrics, punctualRuns, (metric, events) => {
      const until = (events.at(-1)?.received ?? zero) + 1_000_000;
      const { firings } = backtest({
        trigger: triggerOf({ type: "metric", metric }),
        start: zero,
        until,
        events,
      });
      expect(firings.map(({ time, state, metricValue: value }) => ({ time, state, value }))).toEqual(
        metricChanges(metric, events, { start: zero, until }),
      );
      fired += firings.length;
    }),
    { numRuns: 300 },
  );
  expect(fired).toBeGreaterThan(30);
});
