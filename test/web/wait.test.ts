import { describe, expect, it } from "vitest";
import { whatBecame } from "../../web/app/runs/[id]/wait.ts";
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
    ["answered elsewhere", { pause: null, state: state("RUNNING") }, /answered elsewhere/],
    ["answered, and started again", { pause: null, state: state("SCHEDULED") }, /answered elsewhere/],
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
