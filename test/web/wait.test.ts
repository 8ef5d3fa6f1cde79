import { describe, expect, it } from "vitest";
import { conflictText, howItGoes, whatBecame } from "../../web/app/runs/[id]/wait.ts";
import type { RunFragment } from "../../web/gql/graphql.ts";

const asked = { key: "paused-1", expiresAt: "2026-01-01T12:00:00.000Z" };
const pause = (key: string) => ({
  key,
  requestedAt: "2026-01-01T11:00:00.000Z",
  expiresAt: null,
  input: null,
});
const state = (type: RunFragment["state"]["type"], minute = "11:30", message: string | null = null) => ({
  type,
  name: type,
  message,
  timestamp: `2026-01-01T${minute}:00.000Z`,
});

describe("inputs 77: what became of the question that a form was opened for", () => {
  it.each<[string, Pick<RunFragment, "pause" | "state">, RegExp | null]>([
    ["still asked", { pause: pause("paused-1"), state: state("PAUSED") }, null],
    ["answered", { pause: null, state: state("RUNNING") }, /Somebody else has answered.*goes on/],
    [
      "answered, and over",
      { pause: null, state: state("COMPLETED") },
      /Somebody else has answered.*COMPLETED now/,
    ],
    ["answered, and started again", { pause: null, state: state("SCHEDULED") }, /Somebody else has answered/],
    [
      "answered, and another asked",
      { pause: pause("paused-2"), state: state("PAUSED") },
      /asks something else/,
    ],
    ["asked again", { pause: pause("paused-1--2"), state: state("PAUSED") }, /asks something else/],
    ["expired", { pause: null, state: state("FAILED", "12:00") }, /time to answer is over/],
    ["gone on at the deadline", { pause: null, state: state("RUNNING", "12:00") }, /time to answer is over/],
    ["failed before the deadline", { pause: null, state: state("FAILED", "11:30", "boom") }, /failed: boom/],
    ["cancelled", { pause: null, state: state("CANCELLED") }, /cancelled/],
    ["crashed", { pause: null, state: state("CRASHED") }, /crashed/],
  ])("%s", (_, run, expected) => {
    const said = whatBecame(asked, run);
    if (expected === null) expect(said).toBeNull();
    else expect(said).toMatch(expected);
  });
});

describe("inputs 77: why an answer came too late", () => {
  it.each<[Parameters<typeof conflictText>[1]["code"], RunFragment["state"]["type"], RegExp]>([
    ["NOT_PAUSED", "RUNNING", /Somebody else has answered\. The run goes on/],
    ["FINISHED", "COMPLETED", /Somebody else has answered\. The run is COMPLETED now/],
    ["FINISHED", "CANCELLED", /cancelled/],
    ["STALE_KEY", "PAUSED", /Somebody else has answered.*something else/],
    ["TIMED_OUT", "FAILED", /time to answer is over/],
  ])("%s where the run is %s", (code, type, expected) => {
    const conflict = { code, message: "flow run 1 has ended", state: state(type, "12:30") };
    expect(conflictText(asked, conflict)).toMatch(expected);
    expect(conflictText(asked, conflict)).toContain("Your answer was not taken");
  });

  it("but not where it can be given again", () => {
    const conflict = { code: "NO_DEPLOYMENT", message: "no deployment", state: state("PAUSED") } as const;
    expect(conflictText(asked, conflict)).toBeNull();
  });
});

it("a run that has ended does not go on", () => {
  expect(howItGoes(state("RUNNING"))).toBe("The run goes on.");
  expect(howItGoes({ type: "COMPLETED", name: "Completed" })).toBe("The run is Completed now.");
});
