import { describe, expect, it } from "vitest";
import { parseTriggerDocument } from "../../../core/trigger/parse.ts";
import { triggerSentence } from "../../../core/trigger/sentence.ts";

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
      "when animal.walked happens 3 times in one window of 10 seconds (it begins with the first event and does not slide), of a resource whose genus is Marmota and species is not x or monax",
    ],
    [{ expect: ["a", "b"], within: 60 }, "when a or b happens (at most once in a window of 1 minute)"],
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
