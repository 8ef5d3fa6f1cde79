import { describe, expect, it } from "vitest";
import { type GivenEvent, parseEvent } from "../../core/event/parse-event.ts";
import { type Scenario, scenarios } from "./scenario.ts";

interface EventScenario extends Scenario {
  event: Omit<GivenEvent, "occurred"> & { occurred: string };
  expect: { valid: true } | { invalid: string };
}

/** Words of our message, and the place of the problem, for each reason that the scenarios name. */
const told: Record<string, { path: RegExp; message: RegExp }> = {
  "resource id is required": { path: /prefect\.resource\.id$/, message: /resource id is required/ },
  "role is required": { path: /^related\.0\.prefect\.resource\.role$/, message: /role is required/ },
  "event name <= 1024": { path: /^event$/, message: /at most 1024/ },
};

describe("conformance: invalid events", () => {
  it.each(scenarios<EventScenario>("invalid-events"))("$name: $why", ({ event, expect: expected }) => {
    const given = { ...event, occurred: new Date(event.occurred) };
    const parsed = parseEvent(given, { newId: () => "never", now: given.occurred });
    if ("valid" in expected) {
      expect(parsed).toMatchObject({ ok: true, event: { ...given, given: true, related: [] } });
      return;
    }
    expect(parsed.ok).toBe(false);
    const issues = parsed.ok ? [] : parsed.issues;
    expect(issues).toHaveLength(1);
    expect(issues[0]?.path.join(".")).toMatch(told[expected.invalid]?.path ?? /never/);
    expect(issues[0]?.message).toMatch(told[expected.invalid]?.message ?? /never/);
  });
});
