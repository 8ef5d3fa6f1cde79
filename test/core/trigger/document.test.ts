import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInputError } from "../../../core/error.ts";
import { triggerDocument } from "../../../core/trigger/document.ts";
import { assignIds, withoutIds } from "../../../core/trigger/ids.ts";
import { parseTriggerDocument, parseTriggerInput } from "../../../core/trigger/parse.ts";
import { sameTrigger } from "../../../core/trigger/same-trigger.ts";
import { triggerSentence } from "../../../core/trigger/sentence.ts";
import { triggerWarnings } from "../../../core/trigger/warnings.ts";

/** Text that can be stored. */
const text = fc.string({ unit: "grapheme", maxLength: 6 }).filter((one) => !one.includes("\0"));
const seconds = (min: number) => fc.integer({ min: min * 1000, max: 10_000_000 }).map((ms) => ms / 1000);
const spec = fc.dictionary(text, fc.oneof(text, fc.array(text, { maxLength: 3 })), { maxKeys: 3 });
const filters = { match: spec, match_related: fc.oneof(spec, fc.array(spec, { maxLength: 3 })) };
const names = fc.oneof(text, fc.array(text, { maxLength: 4 }));
const listed = { after: names, expect: names, for_each: names };
const optional = { requiredKeys: [] };

const event = fc.oneof(
  fc.record(
    { ...filters, ...listed, posture: fc.constant("Reactive"), threshold: fc.nat(), within: seconds(0) },
    optional,
  ),
  fc.record(
    {
      type: fc.constant("event"),
      ...filters,
      ...listed,
      posture: fc.constant("Proactive"),
      threshold: fc.nat(),
      within: fc.oneof(seconds(10), fc.constant(0)),
    },
    { requiredKeys: ["posture"] },
  ),
);
const metric = fc.record({
  type: fc.constant("metric"),
  ...filters,
  metric: fc.record(
    {
      name: fc.constantFrom("successes", "duration", "lateness"),
      operator: fc.constantFrom("<", "<=", ">", ">="),
      threshold: fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0),
      range: seconds(300),
      firing_for: seconds(300),
    },
    { requiredKeys: ["name", "operator", "threshold"] },
  ),
});

/** Documents of triggers that are valid. */
const document = fc.letrec<{ trigger: object; members: object[] }>((tie) => ({
  trigger: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    event,
    metric,
    fc.record({ triggers: tie("members"), within: fc.option(seconds(0)) }, { requiredKeys: ["triggers"] }),
    tie("members").chain((triggers) =>
      fc.record({
        triggers: fc.constant(triggers),
        require: fc.oneof(fc.constantFrom("any", "all"), fc.integer({ min: 1, max: triggers.length })),
      }),
    ),
  ),
  members: fc.array(tie("trigger"), { minLength: 1, maxLength: 3 }),
})).trigger;

describe("a trigger's document", () => {
  it("is read as the same trigger, and written as the same document", () => {
    fc.assert(
      fc.property(document, (given) => {
        const trigger = parseTriggerDocument(given);
        const written = triggerDocument(trigger);
        const read = parseTriggerDocument(JSON.parse(JSON.stringify(written)));
        expect(read).toEqual(trigger);
        expect(triggerDocument(read)).toEqual(written);
        expect(sameTrigger(read, trigger)).toBe(true);
      }),
    );
  });

  it("does not change with the ids that its trigger has", () => {
    fc.assert(
      fc.property(document, (given) => {
        const definition = parseTriggerDocument(given);
        let made = 0;
        const trigger = assignIds(definition, () => `id-${made++}`);
        expect(withoutIds(trigger)).toEqual(definition);
        expect(sameTrigger(trigger, definition)).toBe(true);
        expect(triggerDocument(trigger)).toEqual(triggerDocument(definition));
        expect(JSON.stringify(trigger).match(/"id-\d+"/g) ?? []).toHaveLength(made);
      }),
    );
  });

  it("has a sentence, and warnings whose paths lie in it", () => {
    fc.assert(
      fc.property(document, (given) => {
        const trigger = parseTriggerDocument(given);
        expect(triggerSentence(trigger)).toMatch(/^when |^never/);
        for (const { path } of triggerWarnings(trigger, []))
          expect(holds(triggerDocument(trigger), path)).toBe(true);
      }),
    );
  });
});

function holds(value: unknown, [name, ...rest]: string[]): boolean {
  if (name === undefined) return true;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return false;
  return holds((value as Record<string, unknown>)[name], rest); // own, as just seen
}

describe("typed input", () => {
  it("gives what the document of the same meaning gives", () => {
    const label = { "prefect.resource.id": "prefect.flow-run.*" };
    expect(
      parseTriggerInput({
        compound: {
          require: "all",
          within: null,
          triggers: [
            {
              event: {
                match: label,
                matchRelated: [label],
                forEach: ["a"],
                posture: "Proactive",
                within: 30,
              },
            },
            { metric: { metric: { name: "lateness", operator: ">=", threshold: 3, firingFor: 400 } } },
            { sequence: { triggers: [{ event: { after: ["b", "a"], expect: ["c"] } }] } },
          ],
        },
      }),
    ).toEqual(
      parseTriggerDocument({
        require: "all",
        triggers: [
          { match: label, match_related: label, for_each: "a", posture: "Proactive", within: "PT30S" },
          { posture: "Metric", metric: { name: "lateness", operator: ">=", threshold: 3, firing_for: 400 } },
          { triggers: [{ after: ["a", "b", "a"], expect: "c" }] },
        ],
      }),
    );
  });
});

describe("documents and typed input", () => {
  const text = fc.string({ maxLength: 3 });
  const list = fc.array(fc.oneof(text, fc.integer(), fc.constant(null)), { maxLength: 2 });
  const spec = fc.dictionary(text, fc.oneof(text, list, fc.integer()), { maxKeys: 2 });
  const number = fc.oneof(
    fc.integer({ min: -2, max: 400 }),
    fc.double({ min: -1, max: 12 }),
    fc.constant(null),
  );
  const posture = fc.constantFrom("Reactive", "Proactive", "Other", null);
  const event = fc.record(
    {
      match: fc.oneof(spec, list, number),
      match_related: fc.oneof(spec, fc.array(spec), number),
      expect: list,
      after: list,
      for_each: fc.oneof(list, number),
      posture,
      threshold: number,
      within: number,
    },
    { requiredKeys: [] },
  );
  const condition = fc.record(
    {
      name: fc.constantFrom("successes", "speed"),
      operator: fc.constantFrom("<", "="),
      threshold: number,
      range: number,
      firing_for: number,
    },
    { requiredKeys: [] },
  );
  /** A trigger, right or wrong, with its kind. */
  const any = fc.letrec<{ trigger: Written }>((tie) => ({
    trigger: fc.oneof(
      { maxDepth: 2 },
      event.map((fields) => ({ kind: "event", fields })),
      condition.map((metric) => ({ kind: "metric", fields: { metric } })),
      fc
        .record(
          { triggers: fc.array(tie("trigger"), { maxLength: 2 }), within: number },
          { requiredKeys: ["triggers"] },
        )
        .map((fields) => ({ kind: "sequence", fields })),
    ),
  })).trigger;

  interface Written {
    kind: string;
    fields: Record<string, unknown> & { triggers?: Written[] };
  }
  const asDocument = ({ kind, fields }: Written): object => ({
    type: kind,
    ...fields,
    ...(fields.triggers && { triggers: fields.triggers.map(asDocument) }),
  });
  const asInput = ({ kind, fields: { triggers, metric, ...fields } }: Written): object => ({
    [kind]: {
      ...camelKeys(fields),
      ...(triggers && { triggers: triggers.map(asInput) }),
      ...(metric !== undefined && { metric: camelKeys(metric as object) }), // the generator's
    },
  });
  const camelKeys = (fields: object) =>
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [
        key.replace(/_(.)/g, (_, letter) => letter.toUpperCase()),
        value,
      ]),
    );
  const judged = (parse: () => unknown) => {
    try {
      return { read: parse() };
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      return {
        refused: error.issues.map(({ message }) =>
          message.replace(/^\S+ /, "").replace(" or an ISO-8601 duration such as PT30S", ""),
        ),
      };
    }
  };

  it("actions 5.1: are judged alike, explicit nulls too", () => {
    fc.assert(
      fc.property(any, (written) => {
        expect(judged(() => parseTriggerInput(asInput(written)))).toEqual(
          judged(() => parseTriggerDocument(asDocument(written))),
        );
      }),
      { numRuns: 500 },
    );
  });
});

describe("a trigger in plain words", () => {
  it.each([
    [
      { expect: "order.complete", after: "order.created", for_each: "prefect.resource.id" },
      "when order.complete happens after order.created, for each prefect.resource.id",
    ],
    [
      {
        expect: ["animal.walked"],
        match: { genus: "Marmota", species: ["monax", "!x"] },
        threshold: 3,
        within: 10,
      },
      "when animal.walked happens 3 times within 10 seconds, of a resource whose genus is Marmota and species is not x or monax",
    ],
    [{ expect: ["a", "b"], within: 60 }, "when a or b happens (at most once in 1 minute)"],
    [{ expect: "b", after: "a", within: 5 }, "when b happens within 5 seconds of a"],
    [{}, "when any event happens"],
    [
      { posture: "Proactive", expect: "b", after: "a", within: 1800 },
      "when b does not happen within 30 minutes of a",
    ],
    [
      { posture: "Proactive", expect: "b", threshold: 2, within: 90, match_related: { role: "tag" } },
      "when b happens fewer than 2 times within 90 seconds, related to a resource whose role is tag",
    ],
    [
      { type: "metric", metric: { name: "successes", operator: "<", threshold: 0.9 } },
      "when the share of runs that did not fail over the last 5 minutes has been < 0.9 for 5 minutes",
    ],
    [
      { require: 1, triggers: [{ expect: "a" }, { expect: "b" }] },
      "when any of these happens: (1) when a happens; (2) when b happens",
    ],
    [
      { triggers: [{ expect: "a" }, { expect: "b" }], within: 3600 },
      "when in this order within 1 hour: (1) when a happens; (2) when b happens",
    ],
  ])("%j", (given, sentence) => {
    expect(triggerSentence(parseTriggerDocument(given))).toBe(sentence);
  });
});

describe("what is valid but doubtful", () => {
  const warned = (given: object) =>
    triggerWarnings(parseTriggerDocument(given), ["trigger"]).map(({ path }) => path.join("."));

  it.each([
    ["an empty trigger", {}, ["trigger"]],
    ["`*` with empty filters", { expect: "*" }, ["trigger"]],
    ["an empty expect", { match: { a: "b" } }, ["trigger.expect"]],
    ["an absence of anything from one resource", { match: { a: "b" }, posture: "Proactive", within: 60 }, []],
    ["triggers 6.1: several events without a window", { expect: "a", threshold: 2 }, ["trigger.within"]],
    ["several events after another", { expect: "a", after: "b", threshold: 2 }, []],
    ["several events in a window", { expect: "a", threshold: 2, within: 1 }, []],
    ["a reactive threshold of 0", { expect: "a", threshold: 0 }, ["trigger.threshold"]],
    [
      "a proactive threshold of 0",
      { expect: "a", threshold: 0, posture: "Proactive" },
      ["trigger.threshold"],
    ],
    [
      "actions 5.2: many events in the shortest proactive window",
      { expect: "a", threshold: 30, within: 0, posture: "Proactive" },
      ["trigger.within"],
    ],
    ["triggers 6.3.7: an event that only arms", { expect: "a", after: ["a", "b"] }, ["trigger.expect"]],
    ["the same with a window", { expect: "a", after: ["a", "b"], within: 5 }, []],
    [
      "triggers 2.3: a list that nothing fits",
      { expect: "a", match: { x: [] }, match_related: { "y.z": [] } },
      ["trigger.match.x", "trigger.match_related.y.z"],
    ],
    [
      "a window where one member is enough",
      { require: "any", triggers: [{ expect: "a" }, { expect: "b" }], within: 5 },
      ["trigger.within"],
    ],
    ["a doubtful member", { triggers: [{ expect: "a" }, {}] }, ["trigger.triggers.1"]],
    [
      "a share above 1",
      { type: "metric", metric: { name: "successes", operator: "<", threshold: 90 } },
      ["trigger.metric.threshold"],
    ],
  ])("%s", (_, given, paths) => {
    expect(warned(given)).toEqual(paths);
  });
});
