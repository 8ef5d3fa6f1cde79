import type { MetricRun, SpanRun, SuccessRun } from "./memory.ts";
import type { MetricName, MetricTrigger } from "./trigger.ts";
import { milliseconds } from "./window.ts";

export type MetricRuns = Readonly<Record<string, MetricRun>>;

const failures: ReadonlySet<string> = new Set(["Failed", "Crashed", "TimedOut"]);
const terminal: ReadonlySet<string> = new Set([...failures, "Completed", "Cancelled"]);

/** Between which states a figure measures the time. */
const spans: Record<Exclude<MetricName, "successes">, { from: string; to: ReadonlySet<string> }> = {
  duration: { from: "Running", to: terminal },
  lateness: { from: "Late", to: new Set(["Running", "Crashed"]) },
};

/** How long a span that has not ended is waited for, in milliseconds. */
const longestSpan = 7 * 86_400_000;

/** The runs with one more state known of one of them. */
export function withState(
  metric: MetricTrigger["metric"],
  runs: MetricRuns,
  runId: string,
  state: string,
  at: number,
): MetricRuns {
  const known = Object.hasOwn(runs, runId) ? runs[runId] : undefined;
  const run =
    metric.name === "successes"
      ? success(known?.kind === "success" ? known : null, state, at)
      : span(known?.kind === "span" ? known : null, spans[metric.name], state, at);
  return run === null ? runs : { ...runs, [runId]: run };
}

/** The runs that can still matter at or after an instant. */
export function runsSince(metric: MetricTrigger["metric"], runs: MetricRuns, now: number): MetricRuns {
  const matters = (run: MetricRun): boolean => {
    const latest =
      run.kind === "success"
        ? Math.max(run.pending ?? Number.NEGATIVE_INFINITY, run.stateAt)
        : (run.ended?.to ?? Number.NEGATIVE_INFINITY);
    const waits = run.kind === "span" && run.open !== null && run.open + longestSpan > now;
    return waits || latest + milliseconds(metric.range) > now;
  };
  const entries = Object.entries(runs);
  const kept = entries.filter(([, run]) => matters(run));
  return kept.length === entries.length ? runs : Object.fromEntries(kept);
}

/** The figure over the range that ends with `now`, `(now - range, now]`; null for no data. */
export function figure(metric: MetricTrigger["metric"], runs: MetricRuns, now: number): number | null {
  let count = 0;
  let sum = 0;
  for (const run of Object.values(runs)) {
    const at = placed(run);
    if (at === null || at > now || at <= now - milliseconds(metric.range)) continue;
    count += 1;
    sum += worth(run);
  }
  return count === 0 ? null : sum / count;
}

/** The next instant after `now` at which a run enters or leaves the range; null for none. */
export function nextChange(metric: MetricTrigger["metric"], runs: MetricRuns, now: number): number | null {
  let next: number | null = null;
  for (const run of Object.values(runs)) {
    const at = placed(run);
    if (at === null) continue;
    const change = at > now ? at : at + milliseconds(metric.range);
    if (change > now && (next === null || change < next)) next = change;
  }
  return next;
}

/** Where a run lies in time; null where it does not count. */
function placed(run: MetricRun): number | null {
  if (run.kind === "success") return run.pending;
  return run.ended === null || run.ended.from === null ? null : run.ended.to;
}

function worth(run: MetricRun): number {
  if (run.kind === "success") return failures.has(run.state) ? 0 : 1;
  const { ended } = run;
  return ended === null || ended.from === null ? 0 : (ended.to - ended.from) / 1000;
}

function success(known: SuccessRun | null, state: string, at: number): SuccessRun {
  const pending =
    state === "Pending" ? Math.max(known?.pending ?? Number.NEGATIVE_INFINITY, at) : (known?.pending ?? null);
  const latest = known === null || at >= known.stateAt ? { state, stateAt: at } : known;
  return { kind: "success", pending, state: latest.state, stateAt: latest.stateAt };
}

/** Null where the state neither begins nor ends a span. */
function span(
  known: SpanRun | null,
  { from, to }: { from: string; to: ReadonlySet<string> },
  state: string,
  at: number,
): SpanRun | null {
  const open = known?.open ?? null;
  const ended = known?.ended ?? null;
  if (state === from) {
    // It may come to be known after the end that belongs to it.
    if (ended !== null && at < ended.to) {
      return { kind: "span", open, ended: { from: Math.max(ended.from ?? at, at), to: ended.to } };
    }
    return { kind: "span", open: Math.max(open ?? at, at), ended };
  }
  if (!to.has(state)) return null;
  if (open !== null && at >= open) return { kind: "span", open: null, ended: { from: open, to: at } };
  if (ended === null) return { kind: "span", open, ended: { from: null, to: at } };
  // The first end after the beginning counts, also where it comes to be known later.
  const earlier = at < ended.to && (ended.from === null || at >= ended.from);
  return earlier ? { kind: "span", open, ended: { from: ended.from, to: at } } : null;
}
