import { describe, expect, it } from "vitest";
import { isFinal, type StateType, stateTypes } from "../../../core/flow-run/state.ts";
import { decide, type RunFacts } from "../../../core/flow-run/transition.ts";

const noon = new Date("2026-01-01T12:00:00Z");

function run(type: StateType | null, facts: Partial<RunFacts> & { name?: string } = {}): RunFacts {
  const { name = type?.toLowerCase() ?? "", ...rest } = facts;
  return {
    state: type && { type, name, message: null, timestamp: noon },
    hasDeployment: true,
    subflow: false,
    hasProcess: false,
    scheduledFor: null,
    ...rest,
  };
}

const answer = (...args: Parameters<typeof decide>) => decide(...args).answer;

describe("pausing", () => {
  it("inputs 25: only a running run can pause; without a state it is an abort, else a reject", () => {
    for (const type of stateTypes) {
      const decision = decide(run(type), { type: "PAUSED" }, noon);
      if (type === "RUNNING")
        expect(decision).toMatchObject({ answer: "accept", next: { type: "PAUSED", name: "Paused" } });
      else if (isFinal(type)) expect(decision).toEqual({ answer: "abort", code: "TERMINAL" });
      else expect(decision.answer).toBe("reject");
    }
    expect(decide(run(null), { type: "PAUSED" }, noon)).toEqual({ answer: "abort", code: "NO_STATE" });
  });

  it("inputs 27: a paused run goes on, is scheduled, ends or is cancelled, and nothing else", () => {
    const accepted = new Set([
      "RUNNING",
      "SCHEDULED",
      "CANCELLING",
      "CANCELLED",
      "COMPLETED",
      "FAILED",
      "CRASHED",
    ]);
    for (const type of stateTypes) {
      expect([
        type,
        answer(run("PAUSED", { name: "Paused", hasProcess: true }), { type }, noon) === "accept",
      ]).toEqual([type, accepted.has(type)]);
    }
  });

  it("inputs 47: without a deployment, or as a subflow, nothing could start it again", () => {
    const suspended = { type: "PAUSED", name: "Suspended" } as const;
    expect(decide(run("RUNNING", { hasDeployment: false }), suspended, noon)).toEqual({
      answer: "abort",
      code: "NO_DEPLOYMENT",
    });
    expect(decide(run("RUNNING", { subflow: true }), suspended, noon)).toEqual({
      answer: "abort",
      code: "SUBFLOW",
    });
  });
});

describe("cancelling", () => {
  it.each([
    ["a scheduled run", run("SCHEDULED", { name: "Scheduled" }), "CANCELLED"],
    ["a resuming run", run("SCHEDULED", { name: "Resuming" }), "CANCELLED"],
    ["a suspended run", run("PAUSED", { name: "Suspended" }), "CANCELLED"],
    [
      "a run that waits for its retry in a live process",
      run("SCHEDULED", { name: "AwaitingRetry", hasProcess: true }),
      "CANCELLING",
    ],
    ["a paused run with its process", run("PAUSED", { name: "Paused", hasProcess: true }), "CANCELLING"],
    ["a running run", run("RUNNING", { hasProcess: true }), "CANCELLING"],
  ])("inputs 52: %s", (_, facts, type) => {
    expect(decide(facts, { type: "CANCELLING" }, noon)).toMatchObject({ answer: "accept", next: { type } });
  });

  it("a run that is being cancelled can only be Cancelled, and Crashed by the server itself", () => {
    const facts = run("CANCELLING");
    for (const type of stateTypes) {
      expect([type, answer(facts, { type }, noon)]).toEqual([
        type,
        type === "CANCELLED" ? "accept" : "reject",
      ]);
    }
    expect(answer(facts, { type: "CRASHED" }, noon, "system")).toBe("accept");
  });
});

describe("starting", () => {
  it("a run is not submitted twice, but may go from one pending name to another", () => {
    for (const type of ["PENDING", "RUNNING", "CANCELLED"] as const) {
      expect(answer(run(type, { name: "Pending" }), { type: "PENDING" }, noon)).toBe("abort");
    }
    expect(answer(run("PENDING", { name: "Pending" }), { type: "PENDING", name: "Submitting" }, noon)).toBe(
      "accept",
    );
  });

  it("a run that is due later says how long to wait", () => {
    const later = new Date(noon.getTime() + 90_000);
    expect(decide(run("PENDING", { scheduledFor: later }), { type: "RUNNING" }, noon)).toEqual({
      answer: "wait",
      seconds: 90,
    });
    expect(answer(run("PENDING", { scheduledFor: later }), { type: "RUNNING" }, later)).toBe("accept");
  });

  it("a run is late once, and only while it is scheduled", () => {
    expect(answer(run("SCHEDULED", { name: "Scheduled" }), { type: "SCHEDULED", name: "Late" }, noon)).toBe(
      "accept",
    );
    expect(answer(run("SCHEDULED", { name: "Late" }), { type: "SCHEDULED", name: "Late" }, noon)).toBe(
      "reject",
    );
    expect(answer(run("RUNNING"), { type: "SCHEDULED", name: "Late" }, noon)).toBe("reject");
  });
});

describe("after the end", () => {
  it("no ended run moves by a process's word, except to be run again", () => {
    for (const from of stateTypes.filter(isFinal)) {
      for (const to of stateTypes.filter(isFinal))
        expect(answer(run(from), { type: to }, noon)).not.toBe("accept");
      expect(decide(run(from), { type: "SCHEDULED" }, noon)).toMatchObject({
        answer: "accept",
        newAttempt: true,
      });
      expect(decide(run(from, { hasDeployment: false }), { type: "SCHEDULED" }, noon).answer).toBe("abort");
    }
  });

  it("a failed run that will be retried begins a new attempt", () => {
    const decision = decide(run("RUNNING"), { type: "SCHEDULED", name: "AwaitingRetry" }, noon);
    expect(decision).toMatchObject({ answer: "accept", newAttempt: true });
  });
});
