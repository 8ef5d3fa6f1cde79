import fc from "fast-check";
import { expect, test } from "vitest";
import { leavesOf } from "../../../core/trigger/leaves.ts";
import { wants } from "../../../core/trigger/match.ts";
import { Matcher } from "../../../core/trigger/matcher.ts";
import type { EventTrigger, LabelSpec, MetricTrigger, Trigger } from "../../../core/trigger/trigger.ts";

// Few letters and few texts, so that what is wanted and what comes meet often.
const text = fc.constantFrom("a", "ab", "a.b", "a.b.c", "b", "b.c", "a.c", "a.b.b.c", "");
const pattern = fc.constantFrom(
  ...["a", "ab", "a.b", "a.b.c", "b", "a*", "a.*", "*", "**", "*c", "*.c", "a.*.c", "*b*", "a*b*c", ""],
  ...["!a", "!a.*", "!*", "!!a", "!"],
);
const patterns = fc.array(pattern, { maxLength: 3 });
const label = fc.constantFrom(
  "prefect.resource.id",
  "prefect.resource.role",
  "x",
  "y",
  "__proto__",
  "toString",
);
/** `JSON.parse` makes objects as they come from the log, whose labels may have any name. */
const asRead = <T>(entries: [string, T][]): Record<string, T> =>
  JSON.parse(
    `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",")}}`,
  );
const labels = fc.array(fc.tuple(label, text), { maxLength: 4 }).map(asRead);
const spec: fc.Arbitrary<LabelSpec> = fc.array(fc.tuple(label, patterns), { maxLength: 3 }).map(asRead);

const filters = { match: spec, matchRelated: fc.array(spec, { maxLength: 2 }) };
const eventLeaf: fc.Arbitrary<EventTrigger> = fc.record({
  id: fc.constant("t"),
  type: fc.constant("event"),
  ...filters,
  after: patterns,
  expect: patterns,
  forEach: fc.constant([]),
  posture: fc.constantFrom("Reactive", "Proactive"),
  threshold: fc.constant(1),
  within: fc.constant(10),
});
const metricLeaf: fc.Arbitrary<MetricTrigger> = fc.record({
  id: fc.constant("m"),
  type: fc.constant("metric"),
  ...filters,
  metric: fc.constant({ name: "successes", operator: "<", threshold: 1, range: 300, firingFor: 300 }),
});
const leaf = fc.oneof({ weight: 5, arbitrary: eventLeaf }, { weight: 1, arbitrary: metricLeaf });
const trigger: fc.Arbitrary<Trigger> = fc.oneof(
  { weight: 4, arbitrary: leaf },
  {
    weight: 1,
    arbitrary: fc.array(leaf, { minLength: 1, maxLength: 3 }).map(
      (triggers): Trigger => ({
        id: "c",
        type: "compound",
        require: "any",
        triggers,
        within: null,
      }),
    ),
  },
);
const event = fc.record({
  event: fc.oneof(
    text,
    fc.constantFrom("prefect.flow-run.Failed", "prefect.flow-run.", "prefect.flow-run.a.b"),
  ),
  resource: labels,
  related: fc.array(labels, { maxLength: 3 }),
});

test("pitfalls 15: the matcher finds exactly the automations that the plain matching finds, whatever came and went before", () => {
  fc.assert(
    fc.property(
      // What is set under a number that is taken replaces; null deletes.
      fc.array(fc.tuple(fc.nat(60), fc.option(trigger, { freq: 4 })), { maxLength: 120 }),
      fc.array(event, { minLength: 1, maxLength: 10 }),
      (changes, events) => {
        const matcher = new Matcher();
        const plain = new Map<string, Trigger>();
        for (const [number, changed] of changes) {
          if (changed === null) matcher.delete(String(number));
          else matcher.set(String(number), changed);
          if (changed === null) plain.delete(String(number));
          else plain.set(String(number), changed);
        }
        expect(matcher.size).toBe(plain.size);
        for (const given of events) {
          const wanting = [...plain].flatMap(([id, one]) =>
            leavesOf(one).some((each) => wants(each, given)) ? [id] : [],
          );
          expect(matcher.candidates(given).sort()).toEqual(wanting.sort());
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("triggers 13: an automation is no candidate for the events about itself", () => {
  const matcher = new Matcher();
  const everything: Trigger = {
    id: "t",
    type: "event",
    match: {},
    matchRelated: [],
    after: [],
    expect: [],
    forEach: [],
    posture: "Reactive",
    threshold: 1,
    within: 0,
  };
  matcher.set("one", everything);
  matcher.set("two", everything);
  const about = (id: string) => ({
    event: "prefect.automation.triggered",
    resource: { "prefect.resource.id": `prefect.automation.${id}` },
    related: [],
  });
  expect(matcher.candidates(about("one"))).toEqual(["two"]);
  expect(matcher.candidates(about("three")).sort()).toEqual(["one", "two"]);
});

test("triggers 19.10: among ten thousand, one comes and goes and the others stay as they are", () => {
  const matcher = new Matcher();
  const of = (id: string): Trigger => ({
    id,
    type: "event",
    match: { "prefect.resource.id": [`thing.${id}`], region: ["!eu"] },
    matchRelated: [],
    after: [],
    expect: ["thing.broke"],
    forEach: [],
    posture: "Reactive",
    threshold: 1,
    within: 0,
  });
  const broke = (id: string) => ({
    event: "thing.broke",
    resource: { "prefect.resource.id": `thing.${id}`, region: "us" },
    related: [],
  });
  for (let n = 0; n < 10_000; n++) matcher.set(String(n), of(String(n)));
  for (let n = 0; n < 10_000; n += 2) matcher.delete(String(n));
  matcher.set("7", of("new"));
  expect(matcher.size).toBe(5_000);
  expect(matcher.candidates(broke("4"))).toEqual([]);
  expect(matcher.candidates(broke("5"))).toEqual(["5"]);
  expect(matcher.candidates(broke("7"))).toEqual([]);
  expect(matcher.candidates(broke("new"))).toEqual(["7"]);
});
