import { describe, expect, test } from "vitest";
import { at, fires, firingsOf, instant } from "./support/tell.ts";

const ping = (...times: number[]) => times.map((time) => at(time, "ping"));

describe("triggers 6.1: without window and arming", () => {
  test("every expected event fires, in whatever order they arrive", () => {
    const events = [
      at(5, "ping", { received: 5 }),
      at(1, "ping", { received: 6 }),
      at(1, "ping", { received: 6 }),
    ];
    expect(fires({ type: "event" }, events, 10)).toEqual(["5 by #0", "6 by #1", "6 by #2"]);
  });

  test("events count without limit of time until they are enough, and counting begins again", () => {
    expect(fires({ type: "event", threshold: 2 }, ping(0, 5000, 5001, 90_000), 100_000)).toEqual([
      "5000 by #1",
      "90000 by #3",
    ]);
  });

  test("each key counts for itself", () => {
    const trigger = { type: "event", threshold: 2, for_each: ["prefect.resource.id"] };
    const events = [at(0, "ping", { of: "a" }), at(1, "ping", { of: "b" }), at(2, "ping", { of: "b" })];
    expect(fires(trigger, events, 10)).toEqual(["2 by #2 [b]"]);
  });
});

describe("triggers 6.2: windows that follow one another", () => {
  test("the first one reaches 900 seconds back, so a burst counts in any order of arrival", () => {
    const late = (seconds: number) => at(1000 - seconds, "ping", { received: 1001 });
    const trigger = { type: "event", threshold: 2, within: 10 };
    expect(fires(trigger, [at(1000, "ping"), late(900)], 2000)).toEqual(["1001 by #1"]);
    expect(fires(trigger, [at(1000, "ping"), late(900.001)], 2000)).toEqual([]);
  });

  test("windows do not slide", () => {
    expect(fires({ type: "event", threshold: 3, within: 10 }, ping(0, 8, 11, 12), 60)).toEqual([]);
  });

  test("firings may be closer than a window is long", () => {
    expect(fires({ type: "event", within: 10 }, ping(0, 12, 21), 60)).toEqual([
      "0 by #0",
      "12 by #1",
      "21 by #2",
    ]);
  });

  test("after a firing it is silent until the end of that window, and takes nothing over", () => {
    expect(fires({ type: "event", threshold: 2, within: 10 }, ping(0, 1, 2, 3, 10, 11), 60)).toEqual([
      "1 by #1",
      "11 by #5",
    ]);
  });

  test("an event behind the window opens one at itself, without the tolerance of the first", () => {
    const events = [...ping(0, 30), at(29.9, "ping", { received: 31 }), at(39.9, "ping")];
    expect(fires({ type: "event", threshold: 2, within: 10 }, events, 60)).toEqual(["39.9 by #3"]);
  });

  test("the window behind a firing begins at its end, also when the next event comes far later", () => {
    // [0, 10) fires, so [10, 20) follows; 25 is behind it and opens [25, 35).
    const events = [...ping(0, 1, 25), at(24, "ping", { received: 26 }), at(34.999, "ping")];
    expect(fires({ type: "event", threshold: 2, within: 10 }, events, 60)).toEqual([
      "1 by #1",
      "34.999 by #4",
    ]);
  });

  test("an event that opens a window may fire at once, and fires once", () => {
    expect(fires({ type: "event", within: 10 }, ping(0, 100), 200)).toEqual(["0 by #0", "100 by #1"]);
  });

  test("threshold 0 acts as 1", () => {
    expect(fires({ type: "event", threshold: 0, within: 10 }, ping(0, 1), 60)).toEqual(["0 by #0"]);
  });

  test("a window that ran out a day ago is forgotten: a new burst counts in any order again", () => {
    const day = 86_400;
    const burst = (time: number) => [at(time, "ping"), at(time - 1, "ping", { received: time + 1 })];
    const trigger = { type: "event", threshold: 2, within: 10 };
    expect(fires(trigger, [at(0, "ping"), ...burst(day + 9)], day * 2)).toEqual([]);
    expect(fires(trigger, [at(0, "ping"), ...burst(day + 10)], day * 2)).toEqual([`${day + 11} by #2`]);
  });
});

describe("triggers 6.3: with arming", () => {
  const armed = (rest: object = {}) => ({ type: "event", after: ["a"], expect: ["b"], within: 10, ...rest });
  const tell = (text: string) => text.split(" ").map((word) => at(Number(word.slice(1)), word.slice(0, 1)));

  test.each([
    ["1: unarmed, expected events do nothing", {}, "b0 b1", []],
    ["2: the window ends `within` after the arming event", {}, "a0 b10", []],
    ["2: and includes all before", {}, "a0 b9.999", ["9.999 by #1"]],
    ["2: within 0 has no end", { within: 0 }, "a0 b999999", ["999999 by #1"]],
    ["3: further arming moves nothing", {}, "a0 a5 b11", []],
    ["3: nor loses what has counted", { threshold: 2 }, "a0 b1 a2 b3", ["3 by #3"]],
    ["4: a firing disarms", {}, "a0 b1 b2 a3 b4", ["1 by #1", "4 by #4"]],
    ["5: a window that ran out swallows no arming", {}, "a0 a10 b19", ["19 by #2"]],
    ["5: an expected event behind it does nothing", {}, "a0 b11 b12", []],
    ["6: an expected event before the arming one does not count", {}, "a5 b4 b6", ["6 by #2"]],
    ["6: one at the same instant does", {}, "a5 b5", ["5 by #1"]],
    [
      "7: arms, and does not count itself",
      { after: ["e"], expect: ["e"], within: 5 },
      "e1 e2 e3 e4",
      ["2 by #1", "4 by #3"],
    ],
    [
      "7: of one that arms and is expected the next one counts",
      { after: ["e"], expect: ["e"], threshold: 2 },
      "e1 e2 e3 e4",
      ["3 by #2"],
    ],
    ["7: within 0 never fires by itself", { after: ["e"], expect: ["e"], within: 0 }, "e1 e2 e3", []],
    [
      "7: within 0 counts one that another event has armed",
      { after: ["a", "e"], expect: ["e"], within: 0 },
      "e1 a2 e3 e4",
      ["3 by #2"],
    ],
    [
      "8: of an empty expect the arming one does not count, all behind it do",
      { expect: [] },
      "a0 x1",
      ["1 by #1"],
    ],
    ["8: also another arming one", { expect: [] }, "a0 a1 a2 a3", ["1 by #1", "3 by #3"]],
    ["8: also without an end", { expect: [], within: 0 }, "a0 x9999", ["9999 by #1"]],
    ["threshold 0 does not fire on the arming event", { threshold: 0 }, "a0 b1", ["1 by #1"]],
  ] as const)("6.3.%s", (_, rest, story, fired) => {
    const words = fires(armed(rest), tell(story), 1_000_000);
    expect(words).toEqual(fired);
  });

  test("an arming event that comes late is behind nothing: events between it and now count", () => {
    const events = [at(3, "b"), at(1, "a", { received: 4 }), at(2, "b", { received: 5 })];
    expect(fires(armed(), events, 20)).toEqual(["5 by #2"]);
  });

  test("each key is armed for itself", () => {
    const trigger = armed({ for_each: ["prefect.resource.id"] });
    const events = [at(0, "a", { of: "x" }), at(1, "b", { of: "y" }), at(2, "b", { of: "x" })];
    expect(fires(trigger, events, 20)).toEqual(["2 by #2 [x]"]);
  });
});

test("triggers 6: time alone fires no reactive trigger", () => {
  expect(fires({ type: "event", within: 10, threshold: 2 }, ping(0), 100_000)).toEqual([]);
});

test("triggers 12: the time of a firing is when its event occurred, whenever that arrived", () => {
  const [firing] = firingsOf({ type: "event" }, [at(2, "ping", { received: 50 })], 60);
  expect(firing).toMatchObject({ time: instant(2), firedAt: instant(50), triggeringEventId: "#0" });
});
