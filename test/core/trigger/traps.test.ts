import { expect, test } from "vitest";
import { specHolds } from "../../../core/event/label-spec.ts";
import { labelPattern, namePattern } from "../../../core/event/pattern.ts";
import { at, fires, firingsOf, type Told } from "./support/tell.ts";

function tell(story: string): Told[] {
  return story.split(" ").map((word) => at(Number(word.slice(1)), word.slice(0, 1)));
}

const reactive = (rest: object) => ({ type: "event", ...rest });
const proactive = (rest: object) => ({ type: "event", posture: "Proactive", within: 10, ...rest });
const each = { for_each: ["prefect.resource.id"] };

test("triggers 17.1: negation is not satisfied by an absent label", () => {
  expect(specHolds({ colour: ["!red"] }, { size: "xl" })).toBe(false);
});

test("triggers 17.2: a star may be empty in a label's value but not in an event's name", () => {
  expect(labelPattern("run.*")("run.")).toBe(true);
  expect(namePattern("run.*")("run.")).toBe(false);
});

test("triggers 17.3: windows tumble; a firing silences until the end of the window, not for its length", () => {
  const trigger = reactive({ threshold: 2, within: 60 });
  expect(fires(trigger, tell("x0 x55 x58 x60 x61"), 200)).toEqual(["55 by #1", "61 by #4"]);
});

test("triggers 17.4: a watch with arming and without keys does not watch before it is armed", () => {
  expect(fires(proactive({ after: ["a"], expect: ["b"] }), [], 600)).toEqual([]);
});

test("triggers 17.5: a satisfied watch closes at once", () => {
  expect(fires(proactive({ after: ["a"], expect: ["b"] }), tell("a0 b1 a2"), 60)).toEqual([
    "12 by the clock",
  ]);
});

test("triggers 17.6: an armed window that ran out does not swallow the next arming", () => {
  expect(fires(reactive({ after: ["a"], expect: ["b"], within: 10 }), tell("a0 a50 b55"), 60)).toEqual([
    "55 by #2",
  ]);
});

test("triggers 17.7: an arming event that is expected too does not satisfy its own watch", () => {
  const both = { after: ["a"], expect: ["a"] };
  expect(fires(reactive({ ...both, within: 10 }), tell("a0"), 60)).toEqual([]);
  expect(fires(proactive(both), tell("a0"), 60)).toEqual(["10 by the clock"]);
});

test("triggers 17.8: `within` 0 with arming is no limit, and no clean-up ends it", () => {
  const year = 365 * 86_400;
  const story = [at(0, "a"), at(year - 1, "x"), at(year, "b")];
  expect(fires(reactive({ after: ["a"], expect: ["b"] }), story, year)).toEqual([`${year} by #2`]);
});

test("triggers 17.9: threshold 0 fires neither twice by the event that opens a window nor by the arming one", () => {
  expect(fires(reactive({ threshold: 0, within: 10 }), tell("x0 x20"), 60)).toEqual(["0 by #0", "20 by #1"]);
  expect(fires(reactive({ threshold: 0, within: 10, after: ["a"], expect: ["b"] }), tell("a0"), 60)).toEqual(
    [],
  );
});

test("triggers 17.10: keys are ordered by the labels' names; an absent label is the empty text and no reason to skip", () => {
  const trigger = reactive({ for_each: ["zone", "area"] });
  expect(fires(trigger, [at(0, "x", { labels: { zone: "1" } })], 5)).toEqual(["0 by #0 [, 1]"]);
});

test("triggers 17.11: members' keys do not correlate in composites", () => {
  const members = [reactive({ expect: ["a"], ...each }), reactive({ expect: ["b"], ...each })];
  const story = [at(0, "a", { of: "x" }), at(1, "b", { of: "y" })];
  expect(fires({ type: "compound", require: "all", triggers: members }, story, 5)).toEqual(["1 by #1"]);
});

test("triggers 17.12: sequences use the latest firing of each step, and composites go by event time", () => {
  const steps = {
    type: "sequence",
    within: 5,
    triggers: [reactive({ expect: ["a"] }), reactive({ expect: ["b"] })],
  };
  expect(fires(steps, tell("a0 b6 a7 b8"), 20)).toEqual(["8 by #3"]);
  const late = [at(0, "a", { received: 100 }), at(3, "b", { received: 200 })];
  expect(fires(steps, late, 300)).toEqual(["200 by #1"]);
});

test("triggers 17.13: deadlines follow the lagging clock, and one stale event does not slow it down", () => {
  const watch = proactive({ after: ["a"], expect: ["b"] });
  expect(fires(watch, [at(-1000, "a", { received: 0 })], 60)).toEqual(["10 by the clock"]);
  expect(fires(watch, [at(0, "a"), at(-1000, "x", { received: 1 })], 60)).toEqual(["10 by the clock"]);
});

test("triggers 17.14: an orphan waits from when it was received, yet is judged by when it occurred", () => {
  const held = at(5, "b", { received: 100, follows: "nobody" });
  const trigger = reactive({ after: ["a"], expect: ["b"], within: 10 });
  const [firing] = firingsOf(trigger, [at(0, "a"), held], 2000);
  expect(firing).toMatchObject({ triggeringEventId: "#1" });
  expect(fires(trigger, [at(0, "a"), held], 2000)).toEqual(["1000 by #1"]);
});
