import { describe, expect, it } from "vitest";
import { afterLoss, type LossFacts } from "../../../core/flow-run/loss.ts";
import type { StateType } from "../../../core/flow-run/state.ts";

function lost(type: StateType, name: string, facts: Partial<LossFacts> = {}) {
  const state = { type, name, message: null, timestamp: new Date(0) };
  const base = {
    state,
    hasDeployment: true,
    undeliveredAnswer: false,
    reason: "It is gone",
    shutdown: false,
  };
  return afterLoss({ ...base, ...facts })?.name ?? null;
}

describe("a run whose process is gone", () => {
  it.each([
    ["Paused, with a deployment: as if suspended", lost("PAUSED", "Paused"), "Suspended"],
    ["Paused, without one", lost("PAUSED", "Paused", { hasDeployment: false }), "Crashed"],
    [
      "Running with an answer that its code was not handed",
      lost("RUNNING", "Running", { undeliveredAnswer: true }),
      "Resuming",
    ],
    [
      "the same without a deployment",
      lost("RUNNING", "Running", { undeliveredAnswer: true, hasDeployment: false }),
      "Crashed",
    ],
    ["Running otherwise", lost("RUNNING", "Running"), "Crashed"],
    ["claimed and not begun", lost("PENDING", "Pending"), "Scheduled"],
    ["not begun, as its process could not be", lost("PENDING", "Pending", { broken: true }), "Crashed"],
    ["being cancelled", lost("CANCELLING", "Cancelling"), "Cancelled"],
    ["suspended: needs no process", lost("PAUSED", "Suspended"), null],
    ["waiting for a runner", lost("SCHEDULED", "Resuming"), null],
    ["ended", lost("COMPLETED", "Completed"), null],
    [
      "waiting for its retry without a deployment",
      lost("SCHEDULED", "AwaitingRetry", { hasDeployment: false }),
      "Crashed",
    ],
  ])("%s", (_, name, expected) => {
    expect(name).toBe(expected);
  });
});
