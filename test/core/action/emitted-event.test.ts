import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Emission, emittedEvent, eventTexts, withTexts } from "../../../core/action/emitted-event.ts";
import { InvalidInputError } from "../../../core/error.ts";

const at = new Date("2026-11-21T12:00:00Z");
const emission: Emission = {
  actionRun: "0198c0de-0000-7000-8000-000000000001",
  at,
  triggeringEvent: null,
  chain: ["a"],
};
const given = {
  event: "order.late",
  resource: { "prefect.resource.id": "order.1" },
  related: [],
  payload: {},
};
const triggered = (occurred: Date | null): Emission => ({
  ...emission,
  triggeringEvent: { id: "0198c0de-0000-7000-8000-000000000002", occurred },
});

describe("actions 1.2: the event that an action emits", () => {
  it("has the id of its action run, the action's time and its chain", () => {
    const event = emittedEvent(given, emission);
    expect(event).toEqual({
      ...given,
      id: expect.any(String),
      occurred: at,
      follows: null,
      chain: ["a"],
    });
    expect(emittedEvent(given, { ...emission, at: new Date(0) }).id).toBe(event.id);
    const other = { ...emission, actionRun: "0198c0de-0000-7000-8000-000000000003" };
    expect(emittedEvent(given, other).id).not.toBe(event.id);
  });

  it.each([
    ["just before it", new Date(at.getTime() - 1), true],
    ["nearly five minutes before", new Date(at.getTime() - 299_999), true],
    ["five minutes before", new Date(at.getTime() - 300_000), false],
    ["at a time that is no longer known", null, false],
  ])("an event that occurred %s is followed: %s", (_, occurred, isFollowed) => {
    const { follows } = emittedEvent(given, triggered(occurred));
    expect(follows).toBe(isFollowed ? "0198c0de-0000-7000-8000-000000000002" : null);
  });

  it("that is longer than events are is refused", () => {
    const payload = (length: number) => ({ ...given, payload: { text: "x".repeat(length) } });
    expect(emittedEvent(payload(1_499_000), emission).payload).toEqual(payload(1_499_000).payload);
    expect(() => emittedEvent(payload(1_500_000), emission)).toThrow(
      /^it is 15\d{5} bytes of JSON; at most 1500000 are taken$/,
    );
  });

  it("that would be one of the server's own is refused", () => {
    expect(() => emittedEvent({ ...given, event: "prefect.x" }, emission)).toThrow(InvalidInputError);
    expect(emittedEvent({ ...given, event: "prefectural" }, emission).event).toBe("prefectural");
  });
});

it("texts that are put back in their places give the same event", () => {
  const labels = fc.dictionary(fc.string(), fc.string());
  const texts = fc.record({ event: fc.string(), resource: labels, related: fc.array(labels) });
  fc.assert(
    fc.property(texts, (event) => {
      expect(withTexts(event, eventTexts(event))).toEqual(event);
      const louder = withTexts(
        event,
        eventTexts(event).map((text) => `${text}!`),
      );
      expect(eventTexts(louder)).toEqual(eventTexts(event).map((text) => `${text}!`));
    }),
  );
});
