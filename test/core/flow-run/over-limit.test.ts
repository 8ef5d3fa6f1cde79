import { describe, expect, it } from "vitest";
import { overLimit } from "../../../core/flow-run/over-limit.ts";
import type { State } from "../../../core/flow-run/state.ts";

const scheduled = (name: string): State => ({
  type: "SCHEDULED",
  name,
  message: null,
  timestamp: new Date(0),
});
const run = (name: string, runCount = 0) => ({ state: scheduled(name), runCount });

describe("inputs 5.2 rule 6: no slot", () => {
  it("ENQUEUE: it waits for one, and says so once", () => {
    const limit = { most: 2, cancelsNew: false };
    expect(overLimit(run("Scheduled"), limit)).toEqual({
      type: "SCHEDULED",
      name: "AwaitingConcurrencySlot",
      message: "The deployment has 2 runs under way, the most it may have at once",
    });
    expect(overLimit(run("Late"), limit)).toMatchObject({ name: "AwaitingConcurrencySlot" });
    expect(overLimit(run("AwaitingConcurrencySlot"), limit)).toBeNull();
  });

  it("CANCEL_NEW: it is Cancelled with the reason; one that has begun before waits", () => {
    const limit = { most: 1, cancelsNew: true };
    expect(overLimit(run("Scheduled"), limit)).toEqual({
      type: "CANCELLED",
      name: "Cancelled",
      message: "The deployment has 1 run under way, the most it may have at once",
    });
    expect(overLimit(run("Resuming", 1), limit)).toMatchObject({ name: "AwaitingConcurrencySlot" });
  });
});
