import type { LogEvent } from "../../../../core/event/event.ts";

/** A metric trigger's document; times in seconds. */
export interface ToldMetric {
  readonly name: "successes" | "duration" | "lateness";
  readonly operator: "<" | ">=";
  readonly threshold: number;
  readonly range: number;
  readonly firing_for: number;
}

export interface MetricChange {
  readonly time: number;
  readonly state: "Triggered" | "Resolved";
  readonly value: number | null;
}

/** What happened to one run, in order. */
type History = readonly { readonly state: string; readonly at: number }[];

const failures = ["Failed", "Crashed"];
const ends = {
  duration: { from: "Running", to: [...failures, "Completed", "Cancelled"] },
  lateness: { from: "Late", to: ["Running", "Crashed"] },
};

/**
 * The rules for metrics as they are written (triggers.md 9), over events that arrive at once and in order: the figure is computed anew from
 * all that has happened at every half second. Times are milliseconds.
 */
export function metricChanges(
  told: ToldMetric,
  events: readonly LogEvent[],
  { start, until }: { start: number; until: number },
): MetricChange[] {
  const changes: MetricChange[] = [];
  let triggered = false;
  /** Since when the figure has been contrary to the state; null while it agrees. */
  let since: number | null = null;
  let shown: number | null = null;
  for (let now = start; now <= until; now += 500) {
    if (since !== null && now >= since + told.firing_for * 1000) {
      triggered = !triggered;
      changes.push({ time: now, state: triggered ? "Triggered" : "Resolved", value: shown });
      since = null;
    }
    // Each event of this instant is looked at as it comes; that none has come yet is a look too.
    const before = events.filter(({ occurred }) => occurred < now).length;
    const upTo = events.filter(({ occurred }) => occurred <= now).length;
    for (let known = before; known <= upTo; known += 1) {
      shown = figure(told, events.slice(0, known), now);
      since = breaches(told, shown) === triggered ? null : (since ?? now);
    }
  }
  return changes;
}

function breaches({ operator, threshold }: ToldMetric, value: number | null): boolean {
  return value !== null && (operator === "<" ? value < threshold : value >= threshold);
}

function figure(told: ToldMetric, events: readonly LogEvent[], now: number): number | null {
  const inRange = (at: number) => at > now - told.range * 1000 && at <= now;
  const values = runsOf(events).flatMap((run) => {
    if (told.name === "successes") {
      const counts = run.some(({ state, at }) => state === "Pending" && inRange(at));
      return counts ? [failures.includes(run.at(-1)?.state ?? "") ? 0 : 1] : [];
    }
    const span = lastSpan(run, ends[told.name]);
    return span !== null && inRange(span.to) ? [(span.to - span.from) / 1000] : [];
  });
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function runsOf(events: readonly LogEvent[]): History[] {
  const idOf = ({ resource }: LogEvent) => resource["prefect.resource.id"];
  return [...new Set(events.map(idOf))].map((id) =>
    events
      .filter((event) => idOf(event) === id)
      .map(({ event, occurred }) => ({ state: event.replace("prefect.flow-run.", ""), at: occurred })),
  );
}

function lastSpan(run: History, { from, to }: { from: string; to: readonly string[] }) {
  let begun: number | null = null;
  let last: { from: number; to: number } | null = null;
  for (const { state, at } of run) {
    if (state === from) begun = at;
    else if (to.includes(state) && begun !== null) {
      last = { from: begun, to: at };
      begun = null;
    }
  }
  return last;
}
