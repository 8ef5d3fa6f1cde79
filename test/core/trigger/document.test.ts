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
        // Sorted, as they come in the order of what was given, which is another one.
        refused: error.issues
          .map(({ message }) =>
            message.replace(/^\S+ /, "").replace(" or an ISO-8601 duration such as PT30S", ""),
          )
          .sort(),
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
