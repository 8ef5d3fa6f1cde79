import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { Labels } from "../../core/event/event.ts";
import { backtest } from "../../core/trigger/backtest-events.ts";
import { assignIds } from "../../core/trigger/ids.ts";
import { parseTriggerDocument } from "../../core/trigger/parse.ts";
import { type Scenario, scenarios } from "./scenario.ts";

/** Times are seconds from the start. */
interface Timeline extends Scenario {
  readonly trigger: unknown;
  readonly start: string;
  readonly events: readonly {
    readonly at: number;
    readonly received?: number;
    readonly event: string;
    readonly resource: Labels;
    readonly related?: readonly Labels[];
    readonly id?: string;
    readonly follows?: string;
  }[];
  readonly until: number;
  readonly expect: { readonly firings: readonly Fired[] };
}

interface Fired {
  readonly at: number;
  readonly state: string;
  readonly event: number | null;
  readonly bucket: readonly string[];
}

/** These are no timelines, and have tests of their own. */
const others = new Set(["invalid-events", "invalid-triggers", "label-matching", "loop-prevention"]);
const groups = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.slice(0, -".json".length))
  .filter((group) => !others.has(group));

for (const group of groups) {
  for (const scenario of scenarios<Timeline>(group)) {
    test(`${group}: ${scenario.name}: ${scenario.why}`, (context) => {
      const fired = run(scenario);
      const expected = scenario.expect.firings.toSorted(byTime);
      if (scenario.uncertain && JSON.stringify(fired) !== JSON.stringify(expected)) {
        context.skip(`uncertain, and differs: ${JSON.stringify(fired)}`);
      }
      expect(fired).toEqual(expected);
    });
  }
}

function run({ trigger, start, events, until }: Timeline): Fired[] {
  const zero = Date.parse(start);
  const instant = (seconds: number) => zero + Math.round(seconds * 1000);
  let ids = 0;
  const { firings } = backtest({
    trigger: assignIds(parseTriggerDocument(trigger), () => `trigger ${++ids}`),
    start: zero,
    until: instant(until),
    events: events.map(({ at, received, event, resource, related = [], id, follows = null }, index) => ({
      id: id ?? `event ${index}`,
      occurred: instant(at),
      received: received === undefined ? undefined : instant(received),
      event,
      resource,
      related,
      follows,
    })),
  });
  return firings
    .map(({ firedAt, state, cause, key }) => ({
      at: (firedAt - zero) / 1000,
      state,
      event: cause.kind === "event" ? cause.position - 1 : null,
      bucket: [...key],
    }))
    .sort(byTime);
}

function byTime(a: Fired, b: Fired): number {
  const texts = [JSON.stringify(a.bucket), JSON.stringify(b.bucket)] as const;
  return a.at - b.at || (a.event ?? -1) - (b.event ?? -1) || texts[0].localeCompare(texts[1]);
}
