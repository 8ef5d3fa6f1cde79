import type { LogEvent } from "../event/event.ts";
import type { MetricMemory } from "./memory.ts";
import { measuredState } from "./metric-event.ts";
import { figure, type MetricRuns, nextChange, runsSince, withState } from "./metric-runs.ts";
import type { MetricOutcome } from "./step.ts";
import type { MetricTrigger } from "./trigger.ts";
import { milliseconds } from "./window.ts";

/** What one input does to a metric trigger. */
export interface Measured {
  /** Null where nothing is to be kept. */
  readonly memory: MetricMemory | null;
  readonly outcome: MetricOutcome;
  /** What it has gone over to, and the figure that had lasted; null where it has not. */
  readonly fired: { readonly state: MetricMemory["state"]; readonly value: number | null } | null;
}

/** Takes in a run's state (triggers.md §9). Whether a change has lasted is for the clock to say. */
export function measureEvent(
  { metric }: MetricTrigger,
  memory: MetricMemory | null,
  event: LogEvent,
  clock: number,
): Measured {
  const before = memory ?? nothingYet(clock);
  const state = measuredState(event);
  const runId = event.resource["prefect.resource.id"] ?? "";
  const runs = withState(metric, before.runs, runId, state, event.occurred);
  return judge(metric, { ...before, runs, lastEvent: event.id }, Math.max(clock, before.judgedAt));
}

/** Looks again at an instant at which the figure may change or a change has lasted. */
export function measureDue({ metric }: MetricTrigger, memory: MetricMemory): Measured {
  const now = memory.dueAt ?? memory.judgedAt;
  // Up to this instant nothing has changed since it was last judged.
  const lasted = memory.since !== null && memory.since + milliseconds(metric.firingFor) <= now;
  if (!lasted) return judge(metric, memory, now);
  const state = memory.state === "Triggered" ? "Resolved" : "Triggered";
  const { memory: after } = judge(metric, { ...memory, state, since: null }, now);
  return { memory: after, outcome: { kind: "fired" }, fired: { state, value: memory.value } };
}

function judge(metric: MetricTrigger["metric"], before: MetricMemory, now: number): Measured {
  const runs: MetricRuns = runsSince(metric, before.runs, now);
  const value = figure(metric, runs, now);
  const breach = value !== null && breaches(metric, value);
  const contrary = breach === (before.state === "Resolved");
  const since = contrary ? (before.since ?? now) : null;
  const lasts = since === null ? null : since + milliseconds(metric.firingFor);
  const change = nextChange(metric, runs, now);
  const dueAt = lasts === null || change === null ? (lasts ?? change) : Math.min(lasts, change);
  const idle = before.state === "Resolved" && since === null && Object.keys(runs).length === 0;
  return {
    memory: idle ? null : { ...before, runs, value, since, dueAt, judgedAt: now },
    outcome: { kind: "measured", value, breach, since },
    fired: null,
  };
}

function breaches({ operator, threshold }: MetricTrigger["metric"], value: number): boolean {
  switch (operator) {
    case "<":
      return value < threshold;
    case "<=":
      return value <= threshold;
    case ">":
      return value > threshold;
    case ">=":
      return value >= threshold;
  }
}

function nothingYet(clock: number): MetricMemory {
  return {
    kind: "metric",
    dueAt: null,
    state: "Resolved",
    since: null,
    judgedAt: clock,
    value: null,
    lastEvent: null,
    runs: {},
  };
}
