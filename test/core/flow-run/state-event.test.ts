import { describe, expect, it } from "vitest";
import { maxEventBytes } from "../../../core/event/fit.ts";
import { stampStateEvent, stateEvent, type ToldWithCreator } from "../../../core/flow-run/state-event.ts";
import { jsonBytes } from "../../../core/json.ts";

const run: ToldWithCreator = {
  id: "r1",
  name: "witty-otter",
  flow: { id: "f1", name: "forecast" },
  deployment: { id: "d1", name: "daily", tags: ["weather", "nightly"] },
  tags: ["zebra", "nightly"],
  chain: ["a1"],
  runCount: 1,
  creator: { resource: "prefect.deployment.d1", name: "daily" },
};
const pending = { type: "PENDING", name: "Pending", message: null } as const;
const running = { type: "RUNNING", name: "Running", message: null } as const;

describe("inputs 5.4: the event of a state", () => {
  it("inputs 73: has the state's id, the run's labels, what it is related to in order, and both states", () => {
    expect(stateEvent(run, { id: "s2", from: pending, to: running })).toEqual({
      id: "s2",
      event: "prefect.flow-run.Running",
      resource: {
        "prefect.resource.id": "prefect.flow-run.r1",
        "prefect.resource.name": "witty-otter",
        "prefect.run-count": "1",
        "prefect.state-message": "",
        "prefect.state-name": "Running",
        "prefect.state-type": "RUNNING",
      },
      related: [
        {
          "prefect.resource.id": "prefect.flow.f1",
          "prefect.resource.role": "flow",
          "prefect.resource.name": "forecast",
        },
        {
          "prefect.resource.id": "prefect.deployment.d1",
          "prefect.resource.role": "deployment",
          "prefect.resource.name": "daily",
        },
        { "prefect.resource.id": "prefect.tag.nightly", "prefect.resource.role": "tag" },
        { "prefect.resource.id": "prefect.tag.weather", "prefect.resource.role": "tag" },
        { "prefect.resource.id": "prefect.tag.zebra", "prefect.resource.role": "tag" },
        {
          "prefect.resource.id": "prefect.deployment.d1",
          "prefect.resource.role": "creator",
          "prefect.resource.name": "daily",
        },
      ],
      payload: {
        intended: { from: "PENDING", to: "RUNNING" },
        initial_state: { type: "PENDING", name: "Pending", message: null },
        validated_state: { type: "RUNNING", name: "Running", message: null },
      },
      chain: ["a1"],
    });
  });

  it("of the first state of a called flow comes from nothing, and nothing made it", () => {
    const called = { ...run, deployment: null, tags: [], creator: null };
    const { related, payload } = stateEvent(called, { id: "s1", from: null, to: pending });
    expect(related.map((labels) => labels["prefect.resource.role"])).toEqual(["flow"]);
    expect(payload).toMatchObject({ intended: { from: null, to: "PENDING" }, initial_state: null });
  });

  it("of PAUSED says as text whether the run will be started again", () => {
    const paused = (name: string) => ({ type: "PAUSED", name, message: null }) as const;
    const { payload } = stateEvent(run, { id: "s3", from: paused("Paused"), to: paused("Suspended") });
    expect(payload).toMatchObject({
      initial_state: { pause_reschedule: "false" },
      validated_state: { pause_reschedule: "true" },
    });
  });

  it("says what was proposed where another state came of it", () => {
    const to = { type: "CANCELLED", name: "Cancelled", message: null } as const;
    const { event, payload } = stateEvent(run, { id: "s4", from: pending, to, intended: "CANCELLING" });
    expect(event).toBe("prefect.flow-run.Cancelled");
    expect(payload.intended).toEqual({ from: "PENDING", to: "CANCELLING" });
  });

  it("follows the state before where less than five minutes lie between", () => {
    const event = stateEvent(run, { id: "s2", from: pending, to: running });
    const at = new Date("2026-01-01T00:05:00.000Z");
    const begun = (timestamp: string) => ({ id: "s1", timestamp: new Date(timestamp) });
    expect(stampStateEvent(event, at, begun("2026-01-01T00:00:00.001Z"))).toMatchObject({
      occurred: at,
      follows: "s1",
      resource: { "prefect.state-timestamp": "2026-01-01T00:05:00.000Z" },
    });
    expect(stampStateEvent(event, at, begun("2026-01-01T00:00:00.000Z")).follows).toBeNull();
    expect(stampStateEvent(event, at, null).follows).toBeNull();
  });

  it("cuts a message at 100,000 characters, between characters, and never holds what cannot be stored", () => {
    const message = `${"x".repeat(99_999)}😀\0`;
    const event = stateEvent(run, { id: "s5", from: null, to: { type: "FAILED", name: "Failed", message } });
    const label = event.resource["prefect.state-message"] ?? "";
    expect(label).toHaveLength(100_000);
    expect(label.isWellFormed()).toBe(true);
    const nul = stateEvent(run, { id: "s5", from: null, to: { ...running, message: "a\0b" } });
    expect(JSON.stringify(nul)).not.toContain("\\u0000");
  });

  it("keeps its creator where there are more tags than an event may be related to", () => {
    const tags = Array.from({ length: 200 }, (_, index) => `tag-${1000 + index}`);
    const { related } = stateEvent({ ...run, tags }, { id: "s6", from: null, to: pending });
    expect(related).toHaveLength(100);
    expect(related.at(-1)).toMatchObject({ "prefect.resource.role": "creator" });
  });

  it("never is too large: the payload goes first, then the last of what it is related to", () => {
    const message = "€".repeat(100_000);
    const tags = Array.from({ length: 90 }, (_, index) => `${index}-${"é".repeat(5_000)}`);
    const failed = { type: "FAILED", name: "Failed", message } as const;
    const event = stateEvent({ ...run, tags }, { id: "s7", from: failed, to: failed });
    expect(event.payload).toEqual({ truncated: true });
    expect(event.related.length).toBeGreaterThan(50);
    const huge = stateEvent(
      { ...run, tags: tags.map((tag) => tag.repeat(10)) },
      { id: "s8", from: null, to: failed },
    );
    expect(huge.related[0]).toMatchObject({ "prefect.resource.role": "flow" });
    // What JSON makes of them is JSON.
    for (const each of [event, huge])
      expect(jsonBytes(JSON.parse(JSON.stringify(each)))).toBeLessThan(maxEventBytes);
  });
});
