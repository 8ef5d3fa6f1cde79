import { describe, expect, it } from "vitest";
import { parseTriggerDocument } from "../../../core/trigger/parse.ts";
import { triggerWarnings } from "../../../core/trigger/warnings.ts";

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
