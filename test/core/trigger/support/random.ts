import fc from "fast-check";
import type { LogEvent } from "../../../../core/event/event.ts";
import { instant, zero } from "./tell.ts";

const names = ["a", "b", "c"];
const resources = ["r1", "r2", "r3"];
const states = ["Late", "Pending", "Running", "Completed", "Failed"];

const nameSet = fc.subarray(names, { minLength: 1, maxLength: 2 });
const common = {
  match: fc.constant({ "prefect.resource.id": "r*" }),
  for_each: fc.constantFrom<string[]>([], ["prefect.resource.id"]),
  expect: nameSet,
  after: fc.oneof({ weight: 2, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: nameSet }),
};

const reactive = fc.record({
  type: fc.constant("event"),
  posture: fc.constant("Reactive"),
  threshold: fc.integer({ min: 0, max: 3 }),
  within: fc.constantFrom(0, 5, 20),
  ...common,
});

const proactive = fc.record({
  type: fc.constant("event"),
  posture: fc.constant("Proactive"),
  threshold: fc.integer({ min: 0, max: 3 }),
  within: fc.constantFrom(10, 25),
  ...common,
});

const metric = fc.record({
  type: fc.constant("metric"),
  match: common.match,
  metric: fc.record({
    name: fc.constantFrom("successes", "duration", "lateness"),
    operator: fc.constantFrom("<", ">="),
    threshold: fc.constantFrom(0.6, 5),
    range: fc.constantFrom(300, 900),
    firing_for: fc.constant(300),
  }),
});

export const eventTriggers = fc.oneof(reactive, proactive);

/** A trigger's document: of any kind, up to three levels deep. It wants resources `r*` only. */
export const { trigger: triggers } = fc.letrec<{ trigger: object }>((tie) => ({
  trigger: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.oneof({ weight: 5, arbitrary: eventTriggers }, { weight: 1, arbitrary: metric }),
    fc.array(tie("trigger"), { minLength: 1, maxLength: 3 }).chain((members) =>
      fc.oneof(
        fc.record({
          type: fc.constant("compound"),
          require: fc.oneof(fc.constantFrom("any", "all"), fc.integer({ min: 1, max: members.length })),
          within: fc.constantFrom(null, 0, 15, 40),
          triggers: fc.constant(members),
        }),
        fc.record({
          type: fc.constant("sequence"),
          within: fc.constantFrom(null, 15, 40),
          triggers: fc.constant(members),
        }),
      ),
    ),
  ),
}));

/** Instants in seconds: whole ones meet the ends of windows. */
const rawEvent = fc.record({
  event: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...names, "x") },
    { weight: 1, arbitrary: fc.constantFrom(...states.map((state) => `prefect.flow-run.${state}`)) },
  ),
  of: fc.constantFrom(...resources, "other"),
  /** After the event before it. */
  pause: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constantFrom(0.5, 300, 1000)),
  /** How late it arrives. */
  late: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: fc.integer({ min: -3, max: 30 }) },
    { weight: 1, arbitrary: fc.constantFrom(200, 2000) },
  ),
  /** Which event it follows: how many places before it, or (negative) behind it. */
  follows: fc.option(fc.integer({ min: -4, max: 3 }), { freq: 6 }),
});

/** A log of events, out of order and late, some of which follow others. It lies between 0 and its last `received`. */
export const histories = fc.array(rawEvent, { maxLength: 30 }).map((raw) => {
  let received = zero;
  return raw.map(({ event, of, pause, late, follows }, index): LogEvent => {
    received += pause * 1000;
    return {
      id: `e${index}`,
      position: index + 1,
      received,
      occurred: received - late * 1000,
      event,
      resource: { "prefect.resource.id": of },
      related: [],
      follows: follows === null ? null : `e${index - follows}`,
    };
  });
});

/** How long after the last event a story goes on: longer than any event waits. */
export function endOf(history: readonly LogEvent[]): number {
  return (history.at(-1)?.received ?? zero) + (instant(1200) - zero);
}
