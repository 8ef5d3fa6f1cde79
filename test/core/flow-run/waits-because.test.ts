import { describe, expect, it } from "vitest";
import { type StartFacts, waitsBecause } from "../../../core/flow-run/waits-because.ts";

const gate = (name: string, part = {}) => ({ name, paused: false, limit: null, underWay: 0, ...part });
const because = (part: Partial<StartFacts>) =>
  waitsBecause({
    now: new Date("2026-01-01T10:00:00Z"),
    scheduledFor: new Date("2026-01-01T09:00:00Z"),
    runCount: 0,
    held: false,
    deployment: gate("orders/main"),
    queue: null,
    runners: { online: 1, free: 1 },
    ...part,
  });
const inPool = (pool: object, queue: object = {}) => ({
  queue: { ...gate("urgent", queue), pool: gate("lab", pool) },
});

describe("why a run that is scheduled does not begin", () => {
  it("is nothing where somebody is there to take it", () => {
    expect(because({})).toBeNull();
    expect(because({ ...inPool({ limit: 2, underWay: 1 }, { limit: 1 }) })).toBeNull();
  });

  it("is its time while that has not come, whatever else there is", () => {
    const scheduledFor = new Date("2026-01-01T10:00:30Z");
    const paused = gate("orders/main", { paused: true });
    expect(because({ scheduledFor, deployment: paused })).toBe(
      "it is not due before 2026-01-01 10:00:30 UTC",
    );
    expect(because({ scheduledFor, runCount: 1, held: true })).toBe(
      "its next attempt is not due before 2026-01-01 10:00:30 UTC",
    );
  });

  it("is a deployment that is paused, but not for a run that has begun", () => {
    const deployment = gate("orders/main", { paused: true });
    expect(because({ deployment })).toBe("the deployment orders/main is paused");
    expect(because({ deployment, runCount: 1 })).toBeNull();
    expect(because({ deployment: null })).toBe("its deployment is gone: nothing could start it");
  });

  it("is a limit of the deployment, the pool or the queue", () => {
    const most = { limit: 1, underWay: 1 };
    expect(because({ deployment: gate("orders/main", most) })).toBe(
      "the deployment orders/main has 1 of 1 run under way, the most it may have at once",
    );
    expect(because(inPool({ limit: 3, underWay: 3 }))).toBe(
      "the work pool lab has 3 of 3 runs under way, the most it may have at once",
    );
    expect(because(inPool({}, most))).toContain("the work queue lab/urgent has 1 of 1 run under way");
    expect(because(inPool({}, { limit: 0 }))).toContain("0 of 0 runs");
  });

  it("is a pool or a queue that is paused, for one that has begun, too", () => {
    expect(because({ ...inPool({ paused: true }), runCount: 1 })).toBe("the work pool lab is paused");
    expect(because(inPool({}, { paused: true }))).toBe("the work queue lab/urgent is paused");
  });

  it("is that nobody is there, or has a place for it", () => {
    const nobody = { online: 0, free: 0 };
    expect(because({ runners: nobody })).toBe("no runner that serves it is online");
    expect(because({ ...inPool({}), runners: nobody })).toBe(
      "no worker of the work pool lab that takes it is online",
    );
    expect(because({ runners: { online: 2, free: 0 } })).toBe(
      "every runner that serves it has as many runs as it takes at once",
    );
  });

  it("is all that must change", () => {
    const deployment = gate("orders/main", { paused: true });
    expect(because({ deployment, ...inPool({ paused: true }), runners: { online: 0, free: 0 } })).toBe(
      "the deployment orders/main is paused, and the work pool lab is paused, and no worker of the work pool lab that takes it is online",
    );
  });
});
