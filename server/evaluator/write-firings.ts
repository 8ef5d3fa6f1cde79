import sql, { type Sql } from "sql-template-tag";
import { addJobs } from "../action/jobs.ts";
import { firingsBefore } from "./log-state.ts";
import type { PlannedFiring } from "./plan-firings.ts";

/**
 * The statements that store firings with their action runs, and enqueue those that are to be carried out. What is there already stays
 * as it is.
 */
export function writeFirings(firings: readonly PlannedFiring[]): Sql[] {
  if (firings.length === 0) return [];
  const statements = [insertFirings(firings)];
  const runs = firings.flatMap((planned) =>
    planned.actions.map((action) => ({ ...action, firingId: planned.id, refused: planned.refused })),
  );
  if (runs.length > 0) statements.push(insertActionRuns(runs));
  const pending = runs.filter(({ refused }) => refused === null);
  if (pending.length > 0) statements.push(addJobs(pending));
  return statements;
}

function insertFirings(firings: readonly PlannedFiring[]): Sql {
  const each = <T>(value: (planned: PlannedFiring) => T): T[] => firings.map(value);
  return sql`
    INSERT INTO firing (id, position, automation_id, revision, trigger_id, state, triggered, fired_at, caused_by_clock,
      triggering_labels, triggering_event_id, counted_event_ids, member_firings, metric_value, chain, created_at)
    SELECT id, ${firingsBefore(firings.length)} + n, automation_id, revision, trigger_id, state, triggered, fired_at, caused_by_clock,
      triggering_labels, triggering_event_id, counted_event_ids::uuid[], member_firings, metric_value, chain::uuid[], clock_timestamp()
    FROM unnest(
      ${each(({ id }) => id)}::uuid[],
      ${each(({ definition }) => definition.automationId)}::uuid[],
      ${each(({ definition }) => definition.revision)}::int[],
      ${each(({ firing }) => firing.triggerId)}::uuid[],
      ${each(({ firing }) => firing.state)}::text[],
      ${each(({ firing }) => new Date(firing.time))}::timestamptz[],
      ${each(({ firing }) => new Date(firing.firedAt))}::timestamptz[],
      ${each(({ firing }) => firing.cause.kind === "clock")}::boolean[],
      ${each(({ firing }) => JSON.stringify(firing.labels))}::json[],
      ${each(({ firing }) => firing.triggeringEventId)}::uuid[],
      ${each(({ firing }) => arrayText(firing.counted))}::text[],
      ${each(({ firing }) => JSON.stringify(firing.members))}::json[],
      ${each(({ firing }) => firing.metricValue)}::float8[],
      ${each(({ chain }) => arrayText(chain))}::text[]
    ) WITH ORDINALITY AS f (id, automation_id, revision, trigger_id, state, triggered, fired_at, caused_by_clock, triggering_labels,
      triggering_event_id, counted_event_ids, member_firings, metric_value, chain, n)
    ON CONFLICT (id) DO NOTHING`;
}

function insertActionRuns(
  runs: readonly (PlannedFiring["actions"][number] & { firingId: string; refused: string | null })[],
): Sql {
  return sql`
    INSERT INTO action_run (id, firing_id, index, list, place, action, triggering_event_id, status, error)
    SELECT * FROM unnest(
      ${runs.map((run) => run.id)}::uuid[],
      ${runs.map((run) => run.firingId)}::uuid[],
      ${runs.map((run) => run.index)}::int[],
      ${runs.map((run) => run.list)}::text[],
      ${runs.map((run) => run.place)}::int[],
      ${runs.map((run) => JSON.stringify(run.action))}::json[],
      ${runs.map((run) => run.triggeringEventId)}::uuid[],
      ${runs.map((run) => (run.refused === null ? "PENDING" : "FAILED"))}::text[],
      ${runs.map((run) => run.refused)}::text[])
    ON CONFLICT (id) DO NOTHING`;
}

/** Lists of lists are passed as texts: arrays of arrays have rows of one length. */
function arrayText(ids: readonly string[]): string {
  return `{${ids.join(",")}}`;
}
