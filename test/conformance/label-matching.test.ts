import { expect, test } from "vitest";
import type { Labels } from "../../core/event/event.ts";
import { labelsMatch } from "../../core/trigger/match.ts";
import { parseTriggerDocument } from "../../core/trigger/parse.ts";
import { type Scenario, scenarios } from "./scenario.ts";

interface Matching extends Scenario {
  readonly match?: unknown;
  readonly match_related?: unknown;
  readonly resource: Labels;
  readonly related: readonly Labels[];
  readonly expect: { readonly matches: boolean };
}

for (const { name, why, match, match_related, resource, related, expect: expected } of scenarios<Matching>(
  "label-matching",
)) {
  test(`label-matching: ${name}: ${why}`, () => {
    const trigger = parseTriggerDocument({
      type: "event",
      ...(match === undefined ? {} : { match }),
      ...(match_related === undefined ? {} : { match_related }),
    });
    if (trigger.type !== "event") throw new Error("no event trigger");
    expect(labelsMatch(trigger, { event: "any", resource, related })).toBe(expected.matches);
  });
}
