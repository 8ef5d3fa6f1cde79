import { describe, expect, test } from "vitest";
import { at, fires, firingsOf, instant, type Told, zero } from "./support/tell.ts";

const watchdog = (rest: object = {}) => ({
  type: "event",
  posture: "Proactive",
  expect: ["b"],
  within: 30,
  ...rest,
});
const armed = (rest: object = {}) => watchdog({ after: ["a"], ...rest });
const each = { for_each: ["prefect.resource.id"] };

function tell(story: string): Told[] {
  return story === "" ? [] : story.split(" ").map((word) => at(Number(word.slice(1)), word.slice(0, 1)));
}

describe("triggers 7.1: with arming", () => {
  test.each([
    ["1: nothing is watched before", {}, "b5", 200, []],
    ["1: nor with keys", each, "b5", 200, []],
    ["2: fires at the end of the window", {}, "a5", 200, ["35 by the clock"]],
    ["3: further arming moves no deadline and adds none", {}, "a0 a20", 200, ["30 by the clock"]],
    [
      "4: enough closes at once, so that the next arming is not lost",
      {},
      "a0 b10 a20",
      200,
      ["50 by the clock"],
    ],
    ["4: too few do not", { threshold: 2 }, "a0 b10", 200, ["30 by the clock"]],
    ["4: what counted does not count again", { threshold: 2 }, "a0 b1 b2 a3 b4", 200, ["33 by the clock"]],
    ["5: fires once, until it is armed again", {}, "a0 a40", 200, ["30 by the clock", "70 by the clock"]],
    ["5: an expected event behind the deadline changes nothing", {}, "a0 b31", 200, ["30 by the clock"]],
    ["6: arms without counting itself", { expect: ["*"] }, "a0", 200, ["30 by the clock"]],
    [
      "6: heartbeats: each satisfies the last one's watch and begins its own",
      { expect: ["a"] },
      "a0 a20 a40",
      200,
      ["70 by the clock"],
    ],
    [
      "6: one that only counts does not begin a new one",
      { expect: ["a"], threshold: 2 },
      "a0 a20",
      200,
      ["30 by the clock"],
    ],
    ["6: a final event satisfies and arms nothing", { expect: ["*"] }, "a0 x20", 200, []],
    ["with an empty expect every other event satisfies", { expect: [] }, "a0 x20", 200, []],
    ["an event exactly at the end is too late", {}, "a0 b30", 200, ["30 by the clock"]],
    ["one just before is in time", {}, "a0 b29.999", 200, []],
    ["arming exactly at the end is armed anew", {}, "a0 a30", 200, ["30 by the clock", "60 by the clock"]],
    ["threshold 0 never fires", { threshold: 0 }, "a0", 200, []],
    ["the clock includes its last instant", {}, "a0", 30, ["30 by the clock"]],
    ["and what is behind that is open", {}, "a0", 29.999, []],
  ] as const)("7.1.%s", (_, rest, story, until, fired) => {
    expect(fires(armed(rest), tell(story), until)).toEqual(fired);
  });

  test("an expected event from before the arming does not satisfy", () => {
    expect(fires(armed(), [at(10, "a"), at(9, "b", { received: 11 })], 60)).toEqual(["40 by the clock"]);
  });
});

describe("triggers 7.2: without arming", () => {
  test.each([
    ["1: the first window begins with the automation", {}, "", 65, ["30 by the clock", "60 by the clock"]],
    ["3: a satisfied one begins anew at that event", {}, "b10", 75, ["40 by the clock", "70 by the clock"]],
    ["3: the event is not counted again", { threshold: 2 }, "b10 b20 b25", 60, ["50 by the clock"]],
    [
      "4: counts do not outlive their window",
      { threshold: 2 },
      "b29 b31",
      75,
      ["30 by the clock", "60 by the clock"],
    ],
    [
      "4: an event at the end counts in the next window",
      {},
      "b30",
      70,
      ["30 by the clock", "60 by the clock"],
    ],
    ["threshold 0 never fires", { threshold: 0 }, "", 100, []],
    ["2: with keys nothing is watched before the first event", each, "", 100, []],
    [
      "2: then that key is, for ever",
      each,
      "b5",
      100,
      ["35 by the clock [thing]", "65 by the clock [thing]", "95 by the clock [thing]"],
    ],
    ["2: the first event counts", { ...each, threshold: 2 }, "b5 b6", 40, ["36 by the clock [thing]"]],
  ] as const)("7.2.%s", (_, rest, story, until, fired) => {
    expect(fires(watchdog(rest), tell(story), until)).toEqual(fired);
  });

  test("7.2.2: the first window of a key reaches 900 seconds back", () => {
    const trigger = watchdog({ ...each, threshold: 2 });
    const events = [at(1000, "b"), at(101, "b", { received: 1001 })];
    // Both count, so the next window begins at the one that came last: it ended long ago.
    expect(fires(trigger, events, 1002)).toEqual(["1001 by the clock [thing]"]);
    expect(fires(trigger, [at(1000, "b"), at(99, "b", { received: 1001 })], 1029)).toEqual([]);
  });
});

describe("triggers 7.3: a clock firing", () => {
  test("has the end of its window as its time, however late it is noticed", () => {
    const [firing] = firingsOf(armed(), [at(-1000, "a", { received: 0 })], 60);
    expect(firing).toMatchObject({
      time: instant(-970),
      firedAt: instant(30),
      triggeringEventId: "#0",
      cause: { kind: "clock", end: instant(-970), path: [], key: [] },
    });
  });

  test("names the last event that touched the window: arming again or counted", () => {
    const [again] = firingsOf(armed(), tell("a0 a5"), 60);
    expect(again).toMatchObject({ triggeringEventId: "#1", counted: [] });
    const [counted] = firingsOf(armed({ threshold: 2 }), tell("a0 b5"), 60);
    expect(counted).toMatchObject({ triggeringEventId: "#1", counted: ["#1"] });
    const [never] = firingsOf(watchdog(), [], 60);
    expect(never).toMatchObject({ triggeringEventId: null });
  });

  test("7.1.3: names one that arms again too, where it is too old to count", () => {
    const heartbeat = { ...armed(), after: ["a"], expect: ["a"] };
    const [firing] = firingsOf(heartbeat, [at(5, "a"), at(0, "a", { received: 5 })], 60);
    expect(firing).toMatchObject({ time: instant(35), triggeringEventId: "#1", counted: [] });
  });

  test("comes once where the clock jumps over several ends, and the next window begins where the clock is then", () => {
    // The log is 1000 seconds behind; at 10 it has caught up, so the clock goes from -990 to 10.
    const log = { position: 0, wall: zero, eventClock: instant(-1000), advancedAt: zero };
    const events = [at(10, "x")];
    expect(fires(watchdog(), events, 71, { log })).toEqual([
      "10 by the clock",
      "40 by the clock",
      "70 by the clock",
    ]);
    expect(firingsOf(watchdog(), events, 11, { log })[0]?.time).toBe(instant(-970));
  });

  test("an event that itself sets the clock past a window's end meets the window behind it", () => {
    // Armed at -1000 with all events 1000 seconds late; the next arming arrives in time, and shows that the deadline has passed.
    const events = [at(-1000, "a", { received: 0 }), at(10, "a", { received: 10 })];
    expect(fires(armed(), events, 60)).toEqual(["10 by the clock", "40 by the clock"]);
  });

  test("such windows end in their order, whatever the place of their triggers", () => {
    const silence = (within: number) => ({ ...armed(), expect: ["a"], within });
    const any = { type: "compound", require: "any", triggers: [silence(40), silence(30)] };
    // As above, both are over when the second arming shows that it is long past.
    const events = [at(-1000, "a", { received: 0 }), at(10, "a", { received: 10 })];
    expect(firingsOf(any, events, 11).map(({ time }) => time)).toEqual([instant(-970), instant(-960)]);
  });

  test("where an event is ahead of the wall clock, its window's end is not", () => {
    const events = [at(0, "a"), at(40, "a", { received: 5 }), at(20, "b")];
    expect(fires(armed(), events, 60)).toEqual([]);
  });
});

describe("triggers 7.3: downtime", () => {
  const gaps = [{ from: instant(15), to: instant(315) }];

  test("a trigger without arming fires once for the jump, and goes on from where the clock is then", () => {
    expect(fires(watchdog(), [], 346, { gaps })).toEqual(["315 by the clock", "345 by the clock"]);
  });

  test("an absence that an event of that time has satisfied does not fire", () => {
    const story = [at(0, "a"), at(29, "b")];
    expect(fires(armed(), story, 400, { gaps })).toEqual([]);
    expect(fires(armed(), [at(0, "a"), at(31, "b")], 400, { gaps })).toEqual(["31 by the clock"]);
  });

  test("each event of that time is a jump of its own", () => {
    expect(fires(watchdog(), [at(100, "x"), at(200, "x")], 320, { gaps })).toEqual([
      "100 by the clock",
      "200 by the clock",
      "315 by the clock",
    ]);
  });

  test("the clock firing keeps the end of its window as its time", () => {
    const [firing] = firingsOf(armed(), [at(0, "a")], 400, { gaps });
    expect(firing).toMatchObject({ time: instant(30), firedAt: instant(315) });
  });

  test("each such time is a jump of its own", () => {
    const two = [...gaps, { from: instant(340), to: instant(500) }];
    expect(fires(watchdog(), [], 501, { gaps: two })).toEqual(["315 by the clock", "500 by the clock"]);
  });

  test("what falls due in the second of them is due at its end, where nothing was in the first", () => {
    const two = [
      { from: instant(1), to: instant(5) },
      { from: instant(20), to: instant(100) },
    ];
    expect(fires(watchdog(), [], 131, { gaps: two })).toEqual(["100 by the clock", "130 by the clock"]);
  });

  test("what fell due before it is evaluated as ever", () => {
    const early = [{ from: instant(95), to: instant(200) }];
    expect(fires(watchdog(), [], 201, { gaps: early })).toEqual([
      "30 by the clock",
      "60 by the clock",
      "90 by the clock",
      "200 by the clock",
    ]);
  });
});
