import { describe, expect, test } from "vitest";
import { InvalidInputError } from "../../../core/error.ts";
import { backtest } from "../../../core/trigger/backtest-events.ts";
import { asGiven, at, fires, firingsOf, instant, triggerOf, zero } from "./support/tell.ts";

const ping = { type: "event", expect: ["ping"] };
const watch = { type: "event", posture: "Proactive", after: ["a"], expect: ["b"], within: 60 };

describe("triggers 10: the evaluation clock", () => {
  test("goes as far behind as the events arrive", () => {
    const events = [at(0, "a", { received: 30 }), at(40, "tick", { received: 70 })];
    expect(fires(watch, events, 200)).toEqual(["90 by the clock"]);
  });

  test("keeps its lag while no event comes", () => {
    expect(fires(watch, [at(-1200, "a", { received: 0 })], 1200)).toEqual(["60 by the clock"]);
  });

  test("is not slowed by a single stale event", () => {
    const events = [at(0, "a"), at(10, "x"), at(-5000, "x", { received: 11 })];
    expect(fires(watch, events, 200)).toEqual(["60 by the clock"]);
  });

  test("catches up with the first event that arrives in time", () => {
    const events = [at(0, "a", { received: 30 }), at(50, "x")];
    expect(fires(watch, events, 200)).toEqual(["60 by the clock"]);
  });

  test("goes by irrelevant and held events too", () => {
    const held = at(10, "x", { received: 40, follows: "nobody" });
    expect(fires(watch, [at(0, "a"), held], 200)).toEqual(["90 by the clock"]);
  });

  test("takes an event from the future for one of now", () => {
    const events = [at(0, "a"), at(250, "x", { received: 10 }), at(50, "b")];
    expect(fires(watch, events, 200)).toEqual([]);
    expect(fires(watch, events.slice(0, 2), 200)).toEqual(["60 by the clock"]);
  });

  test("goes on by the events behind one from the future", () => {
    const events = [at(0, "a"), at(250, "x", { received: 10 }), at(20, "x", { received: 50 })];
    expect(fires(watch, events, 200)).toEqual(["90 by the clock"]);
  });

  test("is looked at before an event of its instant, and again behind it", () => {
    // At 70 the lag of 30 vanishes: the end at 60 has passed on the clock, and b of 59 comes behind x.
    const events = [at(0, "a", { received: 30 }), at(70, "x"), at(59, "b", { received: 70 })];
    expect(fires(watch, events, 200)).toEqual(["70 by the clock"]);
  });
});

describe("triggers 11: duplicates", () => {
  test("a second event of an id is judged by no trigger, also if the rest differs", () => {
    const events = [at(1, "ping", { id: "x" }), at(5, "ping", { id: "x", of: "other" })];
    expect(fires(ping, events, 10)).toEqual(["1 by #0"]);
  });

  test("it does not move the clock either", () => {
    const events = [at(0, "a", { id: "x" }), at(30, "x", { id: "x", received: 59 })];
    expect(fires(watch, events, 100)).toEqual(["60 by the clock"]);
  });

  test("that of a held one is one too", () => {
    const held = { id: "x", follows: "nobody" };
    expect(fires(ping, [at(1, "ping", held), at(2, "ping", held)], 2000)).toEqual(["901 by #0"]);
  });
});

describe("triggers 11: followers", () => {
  test("wait for their leader, and are judged right behind it, each with its own time", () => {
    const events = [
      at(3, "ping", { received: 5, follows: "leader" }),
      at(1, "x", { id: "leader", received: 9 }),
    ];
    expect(fires(ping, events, 20)).toEqual(["9 by #0"]);
    expect(firingsOf(ping, events, 20)[0]?.time).toBe(instant(3));
  });

  test("of one leader go in the order in which they occurred, then by arrival", () => {
    const events = [
      at(5, "ping", { follows: "leader", received: 6 }),
      at(3, "ping", { follows: "leader", received: 7 }),
      at(5, "ping", { follows: "leader", received: 8 }),
      at(1, "x", { id: "leader", received: 9 }),
    ];
    expect(fires(ping, events, 20)).toEqual(["9 by #1", "9 by #0", "9 by #2"]);
  });

  test("come before the followers of theirs", () => {
    const events = [
      at(4, "ping", { id: "one", follows: "leader", received: 6 }),
      at(1, "ping", { follows: "one", received: 7 }),
      at(5, "ping", { follows: "leader", received: 8 }),
      at(1, "x", { id: "leader", received: 9 }),
    ];
    expect(fires(ping, events, 20)).toEqual(["9 by #0", "9 by #2", "9 by #1"]);
  });

  test("unroll at once however long the chain is", () => {
    const length = 20_000;
    const chain = Array.from({ length }, (_, index) =>
      at(1, "ping", { id: `e${index}`, follows: `e${index - 1}`, received: 2 }),
    );
    const { firings } = backtest({
      trigger: triggerOf(ping),
      start: zero,
      until: instant(60),
      events: [...chain.reverse(), at(1, "x", { id: "e-1", received: 30 })].map(asGiven),
    });
    expect(firings.map(({ triggeringEventId }) => triggeringEventId)).toEqual(
      Array.from({ length }, (_, index) => `e${index}`),
    );
  });

  test("of a leader that is held are held too", () => {
    const events = [
      at(2, "ping", { id: "two", follows: "one", received: 3 }),
      at(3, "ping", { id: "three", follows: "two", received: 4 }),
      at(1, "x", { id: "one", received: 5 }),
    ];
    expect(fires(ping, events, 20)).toEqual(["5 by #0", "5 by #1"]);
  });

  test("that follow themselves do not wait", () => {
    expect(fires(ping, [at(1, "ping", { id: "x", follows: "x" })], 5)).toEqual(["1 by #0"]);
  });

  test("whose leader was processed before the backtest began do not wait", () => {
    const known = (id: string) => id === "old";
    expect(fires(ping, [at(1, "ping", { follows: "old" })], 5, { known })).toEqual(["1 by #0"]);
  });
});

describe("triggers 11: orphans", () => {
  test("are judged 15 minutes after they were received, by when they occurred", () => {
    const [firing] = firingsOf(ping, [at(10, "ping", { received: 50, follows: "nobody" })], 2000);
    expect(firing).toMatchObject({ firedAt: instant(950), time: instant(10) });
  });

  test("release their followers", () => {
    const events = [
      at(1, "ping", { id: "one", follows: "nobody" }),
      at(2, "ping", { follows: "one", received: 500 }),
    ];
    expect(fires(ping, events, 2000)).toEqual(["901 by #0", "901 by #1"]);
  });

  test("that follow each other wait no longer than the first of them", () => {
    const events = [
      at(2, "ping", { id: "one", follows: "two" }),
      at(1, "ping", { id: "two", follows: "one", received: 9 }),
    ];
    expect(fires(ping, events, 2000)).toEqual(["902 by #0", "902 by #1"]);
  });

  test("of one instant go by when they occurred", () => {
    const events = [
      at(5, "ping", { follows: "nobody", received: 10 }),
      at(3, "ping", { follows: "nobody", received: 10 }),
    ];
    expect(fires(ping, events, 2000)).toEqual(["910 by #1", "910 by #0"]);
  });

  test("come before the windows of their instant, and may satisfy them", () => {
    const armed = { ...watch, within: 1000 };
    const events = [
      at(0, "x"),
      at(50, "b", { received: 100, follows: "nobody" }),
      at(0, "a", { received: 100 }),
    ];
    const lag = { position: 0, wall: zero, eventClock: zero, advancedAt: zero };
    expect(fires(armed, events, 3000, { log: lag })).toEqual([]);
    // With its end before the wait is over, the absence fires while what would have satisfied it is held.
    expect(fires({ ...watch, within: 900 }, events, 3000)).toEqual(["950 by the clock"]);
  });
});

test("triggers 13: a trigger is never offered the events about its own automation", () => {
  const about = (id: string) => at(1, "prefect.automation.triggered", { of: `prefect.automation.${id}` });
  const automation = { automationId: "mine", triggerVersion: 1 };
  expect(fires({ type: "event" }, [about("mine"), about("other")], 5, { automation })).toEqual(["1 by #1"]);
});

describe("triggers 16: what falls due at one instant", () => {
  const silence = (name: string, rest: object = {}) => ({
    type: "event",
    posture: "Proactive",
    after: [name],
    expect: ["never"],
    within: 10,
    ...rest,
  });

  test("goes by (end, place in the document, key)", () => {
    const each = { for_each: ["prefect.resource.id"] };
    const any = { type: "compound", require: "any", triggers: [silence("a", each), silence("b", each)] };
    const events = [
      at(0, "b", { of: "x" }),
      at(0, "a", { of: "z" }),
      at(0, "a", { of: "y" }),
      at(-1, "b", { of: "w", received: 0 }),
    ];
    // The last of them is due at 9 already, and so for itself.
    const order = firingsOf(any, events, 60).map(({ members }) => members[0]?.labels["prefect.resource.id"]);
    expect(order).toEqual(["w", "y", "z", "x"]);
  });

  test("falls due there until nothing does: a window that opens at its own end is looked at too", () => {
    // The orphan arms at 901 a window that ended at 11.
    const events = [at(1, "a", { follows: "nobody" })];
    expect(fires(silence("a"), events, 901)).toEqual(["901 by the clock"]);
  });
});

describe("triggers 16: a backtest refuses", () => {
  const test_ = (events: ReturnType<typeof at>[], until = 10) =>
    backtest({ trigger: triggerOf(ping), start: zero, until: instant(until), events: events.map(asGiven) });

  test("a `received` that falls, naming the place", () => {
    expect(() => test_([at(1, "ping", { received: 5 }), at(1, "ping", { received: 4 })])).toThrow(
      "events.1.received: 2026-01-01T00:00:04.000Z is before the `received` of the event before it, 2026-01-01T00:00:05.000Z",
    );
    expect(() => test_([at(1, "ping", { received: -1 })])).toThrow(
      /events\.0\.received: .* is before `start`/,
    );
  });

  test("an end before its start", () => expect(() => test_([], -1)).toThrow(InvalidInputError));

  test("more than 100,000 events", () => {
    const many = new Array(100_001).fill(at(1, "x"));
    expect(() => test_(many)).toThrow("events: has 100001 events; a backtest takes at most 100000");
  });

  test("more firings than it gives", () => {
    expect(() =>
      fires({ type: "event", posture: "Proactive", within: 10 }, [], 200, { maxFirings: 10 }),
    ).toThrow("a backtest gives at most 10 firings");
  });
});
