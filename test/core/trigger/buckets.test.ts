import { describe, expect, test } from "vitest";
import { backtest } from "../../../core/trigger/backtest-events.ts";
import { asGiven, at, fires, firingsOf, instant, triggerOf, zero } from "./support/tell.ts";

const ofRole = (role: string, labels: Record<string, string>) => ({
  "prefect.resource.id": "r",
  "prefect.resource.role": role,
  ...labels,
});

/** The key that one event has. */
function keyOf(for_each: string[], details: Parameters<typeof at>[2]): readonly string[] | undefined {
  return firingsOf({ type: "event", for_each }, [at(1, "ping", details)], 5)[0]?.key;
}

describe("triggers 5: the key", () => {
  test("is in the order of the labels' names, not of their declaration", () => {
    expect(keyOf(["b", "a"], { labels: { a: "1", b: "2" } })).toEqual(["1", "2"]);
  });

  test("goes by code points, where halves of pairs would be in another order", () => {
    // U+FF5E comes before U+10000, whose first half (U+D800) comes before U+FF5E.
    expect(keyOf(["\u{10000}", "\uff5e"], { labels: { "\u{10000}": "second", "\uff5e": "first" } })).toEqual([
      "first",
      "second",
    ]);
  });

  test("is empty without labels to tell by", () => expect(keyOf([], {})).toEqual([]));

  test("takes the empty text for a label that is not there", () => {
    expect(keyOf(["team"], {})).toEqual([""]);
  });

  test("takes a related label from the first resource of the role, also where that one lacks it", () => {
    const related = [ofRole("meal", { genus: "Tulipa" }), ofRole("meal", { species: "fulva" })];
    expect(keyOf(["related:meal:genus", "related:meal:species"], { related })).toEqual(["Tulipa", ""]);
  });

  test("knows roles with colons in them", () => {
    expect(keyOf(["related:a:b:label"], { related: [ofRole("a:b", { label: "x" })] })).toEqual(["x"]);
  });

  test("asks the primary resource for a label of that very name where nothing has the role", () => {
    expect(keyOf(["related:meal:genus"], { labels: { "related:meal:genus": "own" } })).toEqual(["own"]);
    expect(
      keyOf(["related:meal:genus"], {
        labels: { "related:meal:genus": "own" },
        related: [ofRole("meal", {})],
      }),
    ).toEqual([""]);
  });

  test("takes every other label with colons from the primary resource", () => {
    expect(keyOf(["x:y"], { labels: { "x:y": "1" }, related: [ofRole("x", { y: "2" })] })).toEqual(["1"]);
    expect(keyOf(["related:one"], { labels: { "related:one": "1" } })).toEqual(["1"]);
  });

  test("is given with the labels' names too", () => {
    const [firing] = firingsOf(
      { type: "event", for_each: ["b", "a"] },
      [at(1, "ping", { labels: { b: "2" } })],
      5,
    );
    expect(firing?.labels).toEqual({ a: "", b: "2" });
  });
});

test("triggers 5: keys whose values run together are still different", () => {
  const trigger = { type: "event", for_each: ["a", "b"], threshold: 2, within: 60 };
  const told = [
    at(1, "ping", { labels: { a: "x", b: "yz" } }),
    at(2, "ping", { labels: { a: "xy", b: "z" } }),
  ];
  expect(fires(trigger, told, 10)).toEqual([]);
});

test.each([149, 150])(
  "triggers 12: a firing names the last hundred of %d events that counted",
  (threshold) => {
    const events = Array.from({ length: threshold }, (_, index) => at(index / 10, "ping"));
    const [firing] = firingsOf({ type: "event", threshold, within: 60 }, events, 60);
    const last = Array.from({ length: 100 }, (_, index) => `#${index + threshold - 100}`);
    expect(firing?.counted).toEqual(last);
  },
);

test("triggers 12: the arming event is not among the counted", () => {
  const trigger = { type: "event", after: ["begun"], expect: ["done"], within: 60 };
  const [firing] = firingsOf(trigger, [at(1, "begun"), at(2, "done")], 60);
  expect(firing).toMatchObject({ counted: ["#1"], triggeringEventId: "#1" });
});

test("triggers 16: what arrives together stays in its order, and what is behind the end is not delivered", () => {
  const events = [at(1, "a"), at(2, "b"), at(9, "c")].map(asGiven);
  const { firings, evaluatedEvents, matchedEvents } = backtest({
    trigger: triggerOf({ type: "event", expect: ["b", "c"] }),
    start: zero,
    until: instant(5),
    events,
  });
  expect(firings).toHaveLength(1);
  expect({ evaluatedEvents, matchedEvents }).toEqual({ evaluatedEvents: 2, matchedEvents: 1 });
});
