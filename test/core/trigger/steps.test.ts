import { describe, expect, test } from "vitest";
import { atOnce, Backtest } from "../../../core/trigger/backtest.ts";
import { backtestLog } from "../../../core/trigger/backtest-events.ts";
import type { Step } from "../../../core/trigger/step.ts";
import { asGiven, at, instant, type Told, triggerOf, zero } from "./support/tell.ts";

/** What happened inside the trigger, step by step. */
function stepsOf(document: object, events: readonly Told[], until = 2000): Step[] {
  const steps: Step[] = [];
  const test = new Backtest({
    trigger: triggerOf(document),
    start: zero,
    until: instant(until),
    evaluated: (_watch, _input, evaluation) => steps.push(...evaluation.steps),
  });
  for (const event of backtestLog(events.map(asGiven), zero)) atOnce(test.deliver(event));
  atOnce(test.end());
  return steps;
}

function tell(story: string): Told[] {
  return story.split(" ").map((word) => at(Number(word.slice(1)), word.slice(0, 1)));
}

const lastOutcome = (...story: Parameters<typeof stepsOf>) => stepsOf(...story).at(-1)?.outcome;

describe("why an event of a reactive trigger did nothing", () => {
  const armed = { type: "event", after: ["a"], expect: ["b"], within: 10 };

  test("it was not armed", () => {
    expect(lastOutcome(armed, tell("b1"))).toEqual({ kind: "ignored", reason: { kind: "not-armed" } });
  });

  test("its window was over", () => {
    const reason = { kind: "window-over", end: instant(10) };
    expect(lastOutcome(armed, tell("a0 b11"))).toEqual({ kind: "ignored", reason });
  });

  test("it was armed already", () => {
    const reason = { kind: "already-armed", start: instant(0) };
    expect(lastOutcome(armed, tell("a0 a1"))).toEqual({ kind: "ignored", reason });
  });

  test("it occurred before the window, which is silence after a firing", () => {
    const reason = { kind: "too-old", start: instant(10), firedAt: instant(0) };
    expect(lastOutcome({ type: "event", within: 10 }, tell("x0 x5"))).toEqual({ kind: "ignored", reason });
  });

  test("it cannot follow itself", () => {
    const both = { type: "event", after: ["e"], expect: ["e"] };
    expect(lastOutcome(both, tell("e1"))).toEqual({
      kind: "ignored",
      reason: { kind: "cannot-follow-itself" },
    });
  });

  test("it counted, and more were needed", () => {
    const step = stepsOf({ type: "event", threshold: 3, within: 10 }, tell("x0 x1"))[1];
    expect(step).toMatchObject({
      triggerId: "trigger-1",
      path: [],
      key: [],
      before: { count: 1 },
      after: { count: 2, lastEvent: "#1" },
      outcome: { kind: "counted", count: 2, needed: 3 },
    });
  });
});

describe("what became of a watch", () => {
  const watch = { type: "event", posture: "Proactive", after: ["a"], expect: ["b"], within: 10 };

  test("armed, then satisfied", () => {
    expect(stepsOf(watch, tell("a0 b1")).map(({ outcome }) => outcome)).toEqual([
      { kind: "armed" },
      { kind: "satisfied", count: 1, rearmed: false },
    ]);
  });

  test("missed", () => {
    expect(lastOutcome(watch, tell("a0"))).toEqual({ kind: "missed", count: 0, needed: 1 });
  });

  test("begun with the automation", () => {
    expect(stepsOf({ type: "event", posture: "Proactive", expect: ["b"] }, [], 5)).toMatchObject([
      { outcome: { kind: "started" }, before: null, after: { start: instant(0), end: instant(10) } },
    ]);
  });

  test("never, with a threshold of 0", () => {
    const never = { ...watch, threshold: 0 };
    expect(lastOutcome(never, tell("a0"))).toEqual({ kind: "ignored", reason: { kind: "threshold-zero" } });
  });

  test("an event ahead of the wall clock lies behind its window", () => {
    const reason = { kind: "ahead-of-window", end: instant(10) };
    expect(stepsOf(watch, [at(0, "a"), at(100, "b", { received: 1 })])[1]?.outcome).toEqual({
      kind: "ignored",
      reason,
    });
  });
});

describe("what a composite remembers", () => {
  const on = (name: string) => ({ type: "event", expect: [name] });
  const ofComposites = (steps: readonly Step[]) => steps.filter(({ kind }) => kind === "memory");

  test("which members it has, how many it needs, and which it has forgotten", () => {
    const all = { type: "compound", require: "all", within: 10, triggers: [on("a"), on("b"), on("c")] };
    expect(ofComposites(stepsOf(all, tell("a0 b5 c12"))).map(({ outcome }) => outcome)).toEqual([
      { kind: "waiting", members: [0], needed: 3, forgotten: [], outOfOrder: false },
      { kind: "waiting", members: [0, 1], needed: 3, forgotten: [], outOfOrder: false },
      { kind: "waiting", members: [1, 2], needed: 3, forgotten: [0], outOfOrder: false },
    ]);
  });

  test("that all are there, but not in their order", () => {
    const steps = { type: "sequence", within: 10, triggers: [on("a"), on("b")] };
    expect(lastOutcome(steps, tell("b0 a1"))).toEqual({
      kind: "waiting",
      members: [0, 1],
      needed: 2,
      forgotten: [],
      outOfOrder: true,
    });
  });

  test("that it has fired, and its place in the document", () => {
    const inner = { type: "compound", require: "all", triggers: [on("a"), on("b")] };
    const outer = { type: "sequence", triggers: [on("x"), inner] };
    expect(ofComposites(stepsOf(outer, tell("a0 b1"))).at(-2)).toMatchObject({
      path: [1],
      outcome: { kind: "fired" },
    });
  });
});
