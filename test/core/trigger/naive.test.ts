import fc from "fast-check";
import { expect, test } from "vitest";
import type { LogEvent } from "../../../core/event/event.ts";
import { backtest } from "../../../core/trigger/backtest-events.ts";
import { composite, tumbling, watchdog } from "./support/naive.ts";
import { endOf, histories } from "./support/random.ts";
import { triggerOf, zero } from "./support/tell.ts";

const rounds = { numRuns: 500 };
const names = ["a", "b", "c"];

/** Out of order and late, but with nothing that waits. */
const unled = histories.map((history) => history.map((event) => ({ ...event, follows: null })));

/** One that arrives at once, at whole seconds. */
const punctual = fc
  .array(fc.record({ event: fc.constantFrom(...names, "x"), pause: fc.integer({ min: 0, max: 15 }) }), {
    maxLength: 25,
  })
  .map((raw) => {
    let now = zero;
    return raw.map(({ event, pause }, index): LogEvent => {
      now += pause * 1000;
      const resource = { "prefect.resource.id": "r1" };
      const times = { occurred: now, received: now };
      return { id: `e${index}`, position: index + 1, ...times, event, resource, related: [], follows: null };
    });
  });

function causes(document: object, events: readonly LogEvent[]): (number | null)[] {
  const { firings } = backtest({ trigger: triggerOf(document), start: zero, until: endOf(events), events });
  return firings.map(({ cause }) => (cause.kind === "event" ? cause.position : null));
}

test("tumbling windows fire as the plain rule does, over any history", () => {
  const settings = fc.record({
    threshold: fc.integer({ min: 0, max: 4 }),
    within: fc.integer({ min: 1, max: 60 }),
  });
  fc.assert(
    fc.property(unled, settings, (events, { threshold, within }) => {
      const counted = events.filter(({ event }) => event === "a" || event === "b");
      expect(causes({ type: "event", expect: ["a", "b"], threshold, within }, events)).toEqual(
        tumbling(counted, threshold, within * 1000),
      );
    }),
    rounds,
  );
});

const limits = fc.option(fc.integer({ min: 0, max: 60 }));
const milliseconds = (within: number | null) => (within === null ? null : within * 1000);

test("a compound fires as the plain rule does, over any history", () => {
  fc.assert(
    fc.property(unled, fc.integer({ min: 2, max: 3 }), limits, (events, needed, within) => {
      const members = names.map((name) => ({ type: "event", expect: [name] }));
      expect(causes({ type: "compound", require: needed, within, triggers: members }, events)).toEqual(
        composite(events, names, { needed, inOrder: false, within: milliseconds(within) }),
      );
    }),
    rounds,
  );
});

test("a sequence fires as the plain rule does, over any history", () => {
  fc.assert(
    fc.property(unled, fc.integer({ min: 2, max: 3 }), limits, (events, steps, within) => {
      const used = names.slice(0, steps);
      const members = used.map((name) => ({ type: "event", expect: [name] }));
      expect(causes({ type: "sequence", within, triggers: members }, events)).toEqual(
        composite(events, used, { needed: steps, inOrder: true, within: milliseconds(within) }),
      );
    }),
    rounds,
  );
});

test("a watch fires as one does that looks at every second", () => {
  const settings = fc.record({
    arming: fc.constantFrom(...names),
    expected: fc.subarray(names, { minLength: 1 }),
    threshold: fc.integer({ min: 1, max: 3 }),
    within: fc.integer({ min: 10, max: 40 }),
  });
  fc.assert(
    fc.property(punctual, settings, (events, { arming, expected, threshold, within }) => {
      const document = {
        type: "event",
        posture: "Proactive",
        after: [arming],
        expect: expected,
        threshold,
        within,
      };
      const until = (events.at(-1)?.received ?? zero) + 100_000;
      const { firings } = backtest({ trigger: triggerOf(document), start: zero, until, events });
      expect(firings.map(({ time }) => time)).toEqual(
        watchdog(events, { arming, expected, threshold, within: within * 1000, from: zero, until }),
      );
    }),
    rounds,
  );
});
