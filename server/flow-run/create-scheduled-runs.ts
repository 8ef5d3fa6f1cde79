import sql from "sql-template-tag";
import type { NewEvent } from "../../core/event/new-event.ts";
import { runName } from "../../core/flow-run/name.ts";
import { stampStateEvent, stateEvent, type ToldWithCreator } from "../../core/flow-run/state-event.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";

/** Runs that one schedule makes, alike but for their times. */
export interface ScheduledRuns {
  scheduleId: string;
  flow: ToldWithCreator["flow"];
  deployment: NonNullable<ToldWithCreator["deployment"]>;
  queue: ToldWithCreator["queue"];
  jobVariables: JsonObject | null;
  parameters: Json;
  tags: readonly string[];
  times: readonly Date[];
}

const scheduled = { type: "SCHEDULED", name: "Scheduled", message: null } as const;

/**
 * Stores the runs of schedules in the caller's transaction, each once however often it is made: its idempotency key is its schedule and its
 * time. From here to COMMIT no run anywhere can change: make it the statement before the last one.
 *
 * @returns the events of those that were not there before, which the caller appends
 */
export async function insertScheduledRuns(
  tx: Executor,
  ctx: Context,
  schedules: readonly ScheduledRuns[],
): Promise<NewEvent[]> {
  const runs = schedules.flatMap((schedule, group) =>
    schedule.times.map((time) => ({
      group,
      schedule,
      time,
      id: ctx.newId(),
      stateId: ctx.newId(),
      name: runName(Math.floor(Math.random() * 1e9)),
    })),
  );
  if (runs.length === 0) return [];
  const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value));
  const created = await tx.query<{ id: string; at: Date }>(sql`
    WITH moment AS MATERIALIZED (SELECT date_trunc('milliseconds', clock_timestamp()) AS at), schedules AS MATERIALIZED (
      SELECT * FROM unnest(${schedules.map(({ scheduleId }) => scheduleId)}::uuid[], ${schedules.map(({ flow }) => flow.id)}::uuid[],
        ${schedules.map(({ deployment }) => deployment.id)}::uuid[], ${schedules.map(({ deployment }) => deployment.name)}::text[],
        ${schedules.map(({ queue }) => queue?.id ?? null)}::uuid[], ${schedules.map(({ jobVariables }) => json(jobVariables))}::text[],
        ${schedules.map(({ parameters }) => JSON.stringify(parameters))}::text[], ${schedules.map(({ tags }) => JSON.stringify(tags))}::text[])
        WITH ORDINALITY AS s(id, flow_id, deployment_id, deployment_name, work_queue_id, job_variables, parameters, tags, n)
    ), created AS (
      INSERT INTO flow_run (id, name, flow_id, deployment_id, parameters, tags, state_id, state_type, state_name, state_timestamp,
        scheduled_for, expected_start, idempotency_key, work_queue_id, job_variables, auto_scheduled, schedule_id, created_by,
        created_by_name, created_at, updated_at, position)
      SELECT r.id, r.name, s.flow_id, s.deployment_id, s.parameters::json, ARRAY(SELECT json_array_elements_text(s.tags::json)),
        r.state_id, ${scheduled.type}, ${scheduled.name}, at, r.time, r.time,
        'schedule ' || s.id || ' ' || to_char(r.time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        s.work_queue_id, s.job_variables::json, true, s.id, 'prefect.deployment.' || s.deployment_id, s.deployment_name, at, at,
        next_flow_run_position()
      FROM moment, unnest(${runs.map(({ group }) => group + 1)}::int[], ${runs.map(({ id }) => id)}::uuid[],
        ${runs.map(({ stateId }) => stateId)}::uuid[], ${runs.map(({ name }) => name)}::text[],
        ${runs.map(({ time }) => time.toISOString())}::timestamptz[]) AS r(n, id, state_id, name, time) JOIN schedules s ON s.n = r.n
      ON CONFLICT DO NOTHING
      RETURNING id, state_id, state_type, state_name, state_timestamp
    ), history AS (
      INSERT INTO flow_run_state (id, flow_run_id, type, name, timestamp)
      SELECT state_id, id, state_type, state_name, state_timestamp FROM created RETURNING id
    )
    SELECT id, state_timestamp AS at FROM created WHERE (SELECT count(*) FROM history) > 0`);
  const at = new Map(created.map((run) => [run.id, run.at]));
  const events: NewEvent[] = [];
  for (const { id, stateId, name, schedule } of runs) {
    const began = at.get(id);
    if (began === undefined) continue;
    const { flow, deployment, queue, tags } = schedule;
    const creator = { resource: `prefect.deployment.${deployment.id}`, name: deployment.name };
    const told = { id, name, flow, deployment, queue, tags, chain: [], runCount: 0, creator };
    events.push(stampStateEvent(stateEvent(told, { id: stateId, from: null, to: scheduled }), began, null));
  }
  return events;
}
