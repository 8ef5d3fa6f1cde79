import { describe, expect, test } from "vitest";
import { at, fires, firingsOf, instant, type Told } from "./support/tell.ts";

const on = (name: string, rest: object = {}) => ({ type: "event", expect: [name], ...rest });
const compound = (require: unknown, ...triggers: object[]) => ({
  type: "compound",
  require,
  within: 10,
  triggers,
});
const sequence = (...triggers: object[]) => ({ type: "sequence", within: 10, triggers });

function tell(story: string): Told[] {
  return story.split(" ").map((word) => at(Number(word.slice(1)), word.slice(0, 1)));
}

describe("triggers 8: one needed", () => {
  test.each([
    ["any", compound("any", on("a"), on("b"))],
    ["require 1", compound(1, on("a"), on("b"))],
  ])("%s: each firing of a member passes, however far apart", (_, trigger) => {
    expect(fires(trigger, tell("a0 b1 a100"), 200)).toEqual(["0 by #0", "1 by #1", "100 by #2"]);
  });

  test.each([
    ["a compound of one", compound("all", on("a"))],
    ["a sequence of one", sequence(on("a"))],
  ])("%s is as its member", (_, trigger) => {
    expect(fires(trigger, tell("a0 b1 a100"), 200)).toEqual(["0 by #0", "100 by #2"]);
  });

  test("an event that fires two members fires the parent twice, told apart by their number", () => {
    const firings = firingsOf(compound("any", on("a"), on("*")), tell("a0"), 5);
    expect(firings.map((firing) => firing.ordinal)).toEqual([0, 1]);
  });
});

describe("triggers 8: a compound", () => {
  test.each([
    ["takes its members in any order", compound("all", on("a"), on("b")), "b0 a1", ["1 by #1"]],
    ["takes one event for several members", compound("all", on("a"), on("*")), "a0", ["0 by #0"]],
    [
      "fires once by one event that fires more members than it needs",
      compound(2, on("a"), on("a"), on("a")),
      "a0 a1",
      ["0 by #0", "1 by #1"],
    ],
    ["takes several firings of a member for one", compound(2, on("a"), on("b"), on("c")), "a0 a1 a2", []],
    ["counts firings exactly `within` apart", compound("all", on("a"), on("b")), "a0 b10", ["10 by #1"]],
    ["and none further apart", compound("all", on("a"), on("b")), "a0 b10.001", []],
    [
      "forgets what has become too old, and only that",
      compound("all", on("a"), on("b"), on("c")),
      "a0 b5 c11 a12",
      ["12 by #3"],
    ],
    [
      "uses up all that it remembers",
      compound(2, on("a"), on("b"), on("c")),
      "a0 b1 c2 a3",
      ["1 by #1", "3 by #3"],
    ],
    [
      "has no limit where within is null",
      { ...compound("all", on("a"), on("b")), within: null },
      "a0 b999",
      ["999 by #1"],
    ],
    [
      "nor where it is left out",
      { type: "compound", require: "all", triggers: [on("a"), on("b")] },
      "a0 b999",
      ["999 by #1"],
    ],
    [
      "with within 0 takes what is of one instant",
      { ...compound("all", on("a"), on("b")), within: 0 },
      "a0 b1 a2 b2",
      ["2 by #3"],
    ],
  ] as const)("%s", (_, trigger, story, fired) => {
    expect(fires(trigger, tell(story), 2000)).toEqual(fired);
  });

  test("goes by when its members' events occurred, not by when they arrived", () => {
    const trigger = compound("all", on("a"), on("b"));
    expect(fires(trigger, [at(0, "a", { received: 100 }), at(5, "b", { received: 200 })], 300)).toEqual([
      "200 by #1",
    ]);
    expect(fires(trigger, [at(0, "a", { received: 100 }), at(50, "b", { received: 100 })], 300)).toEqual([]);
  });

  test("an older firing that arrives late does not replace a newer one", () => {
    const events = [at(20, "a"), at(5, "a", { received: 21 }), at(28, "b")];
    expect(fires(compound("all", on("a"), on("b")), events, 60)).toEqual(["28 by #2"]);
  });

  test("a late firing that is itself too old is forgotten at once", () => {
    const events = [at(20, "a"), at(5, "b", { received: 21 }), at(21, "a")];
    expect(fires(compound("all", on("a"), on("b")), events, 60)).toEqual([]);
  });

  test("joins firings of different keys, and has none itself", () => {
    const each = { for_each: ["prefect.resource.id"] };
    const events = [at(0, "a", { of: "x" }), at(1, "b", { of: "y" })];
    const [firing] = firingsOf(compound("all", on("a", each), on("b", each)), events, 5);
    expect(firing).toMatchObject({ key: [], labels: {} });
    expect(firing?.members.map(({ labels, time }) => [labels, time])).toEqual([
      [{ "prefect.resource.id": "x" }, instant(0)],
      [{ "prefect.resource.id": "y" }, instant(1)],
    ]);
  });

  test("its firing has the latest of its members' times, the completing event, and what counted together", () => {
    const trigger = compound(
      "all",
      on("a", { threshold: 2, within: 60 }),
      on("*", { threshold: 3, within: 60 }),
    );
    const events = [at(1, "a"), at(9, "x"), at(3, "a", { received: 10 })];
    const [firing] = firingsOf(trigger, events, 20);
    expect(firing).toMatchObject({
      time: instant(3),
      firedAt: instant(10),
      triggeringEventId: "#2",
      counted: ["#0", "#2", "#1"],
    });
  });

  test("a clock that completes it gives the window's last event", () => {
    const silence = { type: "event", posture: "Proactive", after: ["a"], expect: ["b"], within: 10 };
    const trigger = { ...compound("all", silence, on("c")), within: 60 };
    const [firing] = firingsOf(trigger, tell("a0 c1 a2"), 60);
    expect(firing).toMatchObject({
      time: instant(10),
      triggeringEventId: "#2",
      cause: { kind: "clock", path: [0], end: instant(10) },
    });
  });
});

describe("triggers 8: a sequence", () => {
  const abc = sequence(on("a"), on("b"), on("c"));
  test.each([
    ["fires in its order", abc, "a0 b1 c2", ["2 by #2"]],
    ["not in another", abc, "b0 a1 c2", []],
    ["a repeated current step is harmless", abc, "a0 b1 b2 c3", ["3 by #3"]],
    ["a repeated earlier step spoils the order", abc, "a0 b1 a2 c3", []],
    ["until the later steps come again", abc, "a0 b1 a2 c3 b4 c5", ["5 by #5"]],
    ["a step that came too early has to come again", abc, "c0 a1 b2 c3", ["3 by #3"]],
    ["steps of one instant are ordered by their processing", abc, "a1 b1 c1", ["1 by #2"]],
    ["and wrong in the other", abc, "b1 a1 c1", []],
    ["exactly `within` counts", abc, "a0 b1 c10", ["10 by #2"]],
    ["more does not", abc, "a0 b1 c11", []],
    ["is used up", abc, "a0 b1 c2 c3", ["2 by #2"]],
    ["twins: one event satisfies the first that is open", sequence(on("a"), on("a")), "a0 a1", ["1 by #1"]],
    ["triplets too", sequence(on("a"), on("a"), on("a")), "a0 a1 a2 a3 a4 a5", ["2 by #2", "5 by #5"]],
    [
      "twins: a first step that this event makes too old is open",
      sequence(on("a"), on("a")),
      "a0 a100 a102",
      ["102 by #2"],
    ],
    ["with none open the last is refreshed", sequence(on("*"), on("b"), on("c")), "x0 b1 b2 c3", ["3 by #3"]],
  ] as const)("%s", (_, trigger, story, fired) => {
    expect(fires(trigger, tell(story), 500)).toEqual(fired);
  });

  test("goes by when things occurred, whatever the order of their arrival", () => {
    const events = [at(3, "c"), at(1, "a", { received: 4 }), at(2, "b", { received: 5 })];
    expect(fires(abc, events, 10)).toEqual(["5 by #2"]);
  });

  test("each step's own window counts an event that it is not offered", () => {
    const twice = on("a", { threshold: 2, within: 60 });
    // 1 completes both steps' windows, the first is open; both windows have fired, and are silent until 60.
    expect(fires({ ...sequence(twice, twice), within: null }, tell("a0 a1 a2 a3 a60 a61"), 200)).toEqual([
      "61 by #5",
    ]);
  });
});

describe("triggers 8: composites in composites", () => {
  test("an inner firing has the latest of its own times", () => {
    const inner = { ...compound("all", on("a"), on("b")), within: null };
    const outer = sequence(inner, on("c"));
    const events = [at(1, "b"), at(0, "a", { received: 3 }), at(2, "c", { received: 4 })];
    expect(fires(outer, events, 10)).toEqual(["4 by #2"]);
  });

  test("an outer one is offered all that one event fires, together", () => {
    const either = compound("any", on("a"), on("*"));
    expect(fires(compound("all", either, on("a")), tell("a0 a1"), 10)).toEqual(["0 by #0", "1 by #1"]);
  });
});
