import { describe, expect, it } from "vitest";
import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import { InvalidInputError } from "../../../core/error.ts";
import { parseTriggerDocument } from "../../../core/trigger/parse.ts";
import triggers from "../../conformance/invalid-triggers.json" with { type: "json" };
import loops from "../../conformance/loop-prevention.json" with { type: "json" };

type Expected = { valid?: boolean; invalid?: string };

/** The field that a case's rule speaks of, such as `triggers[1].within`. */
const fieldOf = (rule: string) => /^[a-z_[\]0-9.]+/.exec(rule)?.[0] ?? "";

function problems(work: () => unknown): string[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof InvalidInputError) return error.issues.map(({ message }) => message);
    throw error;
  }
}

describe("definition cases", () => {
  it.each(triggers)("$name", ({ trigger, expect: expected }) => {
    const { valid, invalid }: Expected = expected;
    const told = problems(() => parseTriggerDocument(trigger));
    if (valid) expect(told).toEqual([]);
    else expect(told).toEqual([expect.stringContaining(fieldOf(invalid ?? ""))]);
  });

  it.each(loops)("$name", ({ name, trigger, actions, expect: expected }) => {
    const { valid }: Expected = expected;
    const told = problems(() => parseAutomationDocument({ name, trigger, actions }));
    if (valid) expect(told).toEqual([]);
    else expect(told).toEqual([expect.stringContaining("actions[0] would loop")]);
    expect(problems(() => parseAutomationDocument({ name, trigger, actions, enabled: false }))).toEqual([]);
  });
});
