import type { Labels } from "../../../../core/event/event.ts";
import type { BacktestSetting } from "../../../../core/trigger/backtest.ts";
import { type BacktestEvent, backtest } from "../../../../core/trigger/backtest-events.ts";
import type { TriggerFiring } from "../../../../core/trigger/firing.ts";
import { assignIds } from "../../../../core/trigger/ids.ts";
import { parseTriggerDocument } from "../../../../core/trigger/parse.ts";
import type { Trigger } from "../../../../core/trigger/trigger.ts";

/** The instant that all times of these stories count from. */
export const zero = Date.parse("2026-01-01T00:00:00Z");

export function instant(seconds: number): number {
  return zero + Math.round(seconds * 1000);
}

/** An event of a story. Times are seconds. */
export interface Told {
  readonly at: number;
  readonly received?: number;
  readonly event: string;
  readonly id?: string;
  readonly follows?: string;
  readonly resource: Labels;
  readonly related: readonly Labels[];
}

interface Details {
  /** The id of its resource. */
  readonly of?: string;
  readonly labels?: Labels;
  readonly related?: readonly Labels[];
  readonly received?: number;
  readonly id?: string;
  readonly follows?: string;
}

/** An event that occurred at `at` and, unless it says otherwise, arrived at once. */
export function at(
  at: number,
  event: string,
  { of = "thing", labels, related = [], ...rest }: Details = {},
): Told {
  return { at, event, resource: { "prefect.resource.id": of, ...labels }, related, ...rest };
}

/** The trigger of a document, its triggers numbered from the outermost. */
export function triggerOf(document: object): Trigger {
  let ids = 0;
  return assignIds(parseTriggerDocument(document), () => `trigger-${++ids}`);
}

/** What a trigger fires over a story that begins at 0. */
export function firingsOf(
  document: object,
  events: readonly Told[],
  until: number,
  setting: Partial<BacktestSetting> = {},
): readonly TriggerFiring[] {
  const { firings } = backtest({
    trigger: triggerOf(document),
    start: zero,
    until: instant(until),
    events: events.map(asGiven),
    ...setting,
  });
  return firings;
}

/** The same in words: `12 by #3`, or `30 by the clock`; behind it the key where there is one. */
export function fires(...story: Parameters<typeof firingsOf>): string[] {
  return firingsOf(...story).map(inWords);
}

export function inWords({ firedAt, cause, key, state }: TriggerFiring): string {
  const by = cause.kind === "event" ? `#${cause.position - 1}` : "the clock";
  const of = key.length === 0 ? "" : ` [${key.join(", ")}]`;
  return `${(firedAt - zero) / 1000} by ${by}${of}${state === "Resolved" ? " resolved" : ""}`;
}

export function asGiven(
  { at, received, event, id, follows, resource, related }: Told,
  index: number,
): BacktestEvent {
  return {
    id: id ?? `#${index}`,
    occurred: instant(at),
    received: received === undefined ? undefined : instant(received),
    event,
    resource,
    related,
    follows: follows ?? null,
  };
}
