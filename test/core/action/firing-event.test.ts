import { describe, expect, it } from "vitest";
import { type FiringToTell, firingEvent, type ShownEvent } from "../../../core/action/firing-event.ts";
import type { JsonObject } from "../../../core/json.ts";
import { firingEventId } from "../../../core/trigger/firing-id.ts";

const event = (payload: JsonObject): ShownEvent => ({
  id: "e",
  event: "order.created",
  occurred: "2026-01-01T00:00:00.000Z",
  received: "2026-01-01T00:00:01.000Z",
  resource: { "prefect.resource.id": "order.1" },
  related: [],
  payload,
  follows: null,
});

function told(triggeringEvent: ShownEvent | null, more: Partial<FiringToTell["firing"]> = {}) {
  return firingEvent({
    id: "firing",
    automation: { id: "automation", name: "Orders" },
    firing: {
      state: "Triggered",
      time: Date.parse("2026-01-01T00:00:00Z"),
      labels: { user: "ada" },
      triggeringEventId: triggeringEvent?.id ?? null,
      ...more,
    },
    triggeringEvent,
    chain: ["other", "automation"],
  });
}

/** As many bytes as make the whole event, in the payload's text, come to `bytes`. */
function filled(bytes: number, letter = "x"): ShownEvent {
  const empty = Buffer.byteLength(JSON.stringify(event({ text: "" })));
  return event({ text: letter.repeat((bytes - empty) / Buffer.byteLength(letter)) });
}

describe("triggers 13: the event that tells of a firing", () => {
  it("is about the automation, at the time of the firing, with the key and the triggering event", () => {
    expect(told(event({ total: 7 }))).toEqual({
      id: firingEventId("firing", "Triggered"),
      event: "prefect.automation.triggered",
      occurred: new Date("2026-01-01T00:00:00Z"),
      resource: {
        "prefect.resource.id": "prefect.automation.automation",
        "prefect.resource.name": "Orders",
      },
      related: [{ "prefect.resource.id": "prefect.event.e", "prefect.resource.role": "triggering-event" }],
      payload: { triggering_labels: { user: "ada" }, triggering_event: event({ total: 7 }) },
      follows: null,
      chain: ["other", "automation"],
    });
  });

  it("is another one where a metric is well again, and relates nothing where nothing triggered it", () => {
    const resolved = told(null, { state: "Resolved", labels: {} });
    expect(resolved).toMatchObject({
      id: firingEventId("firing", "Resolved"),
      event: "prefect.automation.resolved",
      related: [],
      payload: { triggering_labels: {}, triggering_event: null },
    });
  });

  it("relates a triggering event that is no longer kept all the same", () => {
    expect(told(null, { triggeringEventId: "gone" })).toMatchObject({
      related: [{ "prefect.resource.id": "prefect.event.gone" }],
      payload: { triggering_event: null },
    });
  });

  it.each([
    ["64 KiB", filled(65_536), false],
    ["one byte more", filled(65_537), true],
    ["as many letters, of two bytes each", filled(65_536 * 2, "é"), true],
  ])("leaves the payload of the triggering event out where the whole passes 64 KiB: %s", (_, whole, cut) => {
    const shown = cut ? { ...whole, payload: { truncated: true } } : whole;
    expect(told(whole).payload).toEqual({ triggering_labels: { user: "ada" }, triggering_event: shown });
  });

  it("has the id alone of the event within the triggering event, so that it does not grow from one automation to the next", () => {
    const inner = { id: "inner", event: "order.created", payload: { text: "x".repeat(65_000) } };
    const outer = event({ triggering_labels: {}, triggering_event: inner });
    expect(told(outer).payload).toMatchObject({
      triggering_event: { payload: { triggering_labels: {}, triggering_event: "inner" } },
    });
  });

  it("is never too large itself: what is too long is left out", () => {
    const labels = { user: "x".repeat(1_500_000) };
    expect(told(event({}), { labels })).toMatchObject({
      payload: { truncated: true },
      related: [{ "prefect.resource.id": "prefect.event.e" }],
    });
  });
});
