import sql, { type Sql } from "sql-template-tag";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { UntimedEvent } from "../../core/event/untimed-event.ts";
import { runName } from "../../core/flow-run/name.ts";
import { defaultStateName } from "../../core/flow-run/state.ts";
import { stampStateEvent, stateEvent, type ToldWithCreator } from "../../core/flow-run/state-event.ts";
import type { Named, ToldQueue } from "../../core/flow-run/told-run.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { eventSql, stampedStateSql } from "./stamp.ts";

export interface NewFlowRun {
  id: string;
  flow: Named;
  deployment: (Named & { tags: readonly string[] }) | null;
  /** Where workers take it; left out where none do. */
  queue?: ToldQueue | null | undefined;
  /** What its infrastructure is made of, beside the pool's own. */
  jobVariables?: JsonObject | null | undefined;
  /** Null: one is made up. */
  name: string | null;
  parameters: unknown;
  tags: readonly string[];
  state: "SCHEDULED" | "PENDING";
  /** From when a runner may claim it; null: at once. */
  scheduledFor: Date | null;
  parentId: string | null;
  /** What becomes of it when its parent ends; where it is left out, it is cancelled where the parent is. */
  onParentFinal?: OnParentFinal | null | undefined;
  subflow: boolean;
  idempotencyKey: string | null;
  creator: Creator | null;
  /** The automations that led to it, first to last. */
  chain: readonly string[];
}

/** Whether a run goes on however its parent ends, or is cancelled when its parent ends, however that does. */
export type OnParentFinal = "KEEP" | "CANCEL";

/** What made a run: its resource id, and its name where that is known. */
export type Creator = NonNullable<ToldWithCreator["creator"]>;

/**
 * Stores a new run with its first state and the event of it, and wakes whom it concerns.
 *
 * @returns false where a run of this id, or of this deployment and idempotency key, is there already
 */
export async function createFlowRun(ctx: Context, run: NewFlowRun): Promise<boolean> {
  const { event, insert } = prepare(ctx, run);
  const stored = await ctx.db.query(sql`
    WITH ${insert}, told AS MATERIALIZED (
      SELECT append_fresh_events(json_build_array(${stampedStateSql(eventSql(event), sql`created.state_timestamp`, null)})) FROM created
      WHERE (SELECT count(*) FROM history) > 0
    )
    SELECT id FROM created WHERE (SELECT count(*) FROM told) > 0`);
  if (stored.length === 0) return false;
  announceNewRun(ctx, run.id);
  return true;
}

/**
 * Stores a new run with its first state in the caller's transaction. From here to COMMIT no run anywhere can change: make
 * it the statement before the last one.
 *
 * @returns the event that the caller appends (`tx.last(appendEvents(…))`); null where a run of this id, or of this
 * deployment and idempotency key, is there already. After the commit the caller calls `announceNewRun`.
 */
export async function insertFlowRun(tx: Executor, ctx: Context, run: NewFlowRun): Promise<NewEvent | null> {
  const { event, insert } = prepare(ctx, run);
  const [created] = await tx.query<{ stateTimestamp: Date }>(sql`
    WITH ${insert} SELECT state_timestamp FROM created WHERE (SELECT count(*) FROM history) > 0`);
  return created === undefined ? null : stampStateEvent(event, created.stateTimestamp, null);
}

/** Wakes whom a new run concerns: who looks at runs, runners, and who reads events. */
export function announceNewRun(ctx: Context, id: string): void {
  ctx.bus.notify(`run:${id}`, "flow-runs", "claimable", "events");
}

/** The event of the first state, and the parts of the statement that stores the run: `created` and `history`. */
function prepare(ctx: Context, run: NewFlowRun): { event: UntimedEvent; insert: Sql } {
  const stateId = ctx.newId();
  const name = run.name ?? runName(Math.floor(Math.random() * 1e9));
  const stateName = defaultStateName(run.state);
  const to = { type: run.state, name: stateName, message: null };
  const event = stateEvent({ ...run, name, runCount: 0 }, { id: stateId, from: null, to });
  // The parent is locked first, as the new row's reference to it would lock it later: whoever changes the parent holds it
  // and then waits for the order of changes.
  const insert = sql`moment AS MATERIALIZED (
      SELECT date_trunc('milliseconds', clock_timestamp()) AS at
      FROM (SELECT count(*) FROM (SELECT FROM flow_run WHERE id = ${run.parentId}::uuid FOR KEY SHARE) p) parent
    ), created AS (
      INSERT INTO flow_run (id, name, flow_id, deployment_id, parameters, tags, state_id, state_type, state_name,
        state_timestamp, scheduled_for, expected_start, parent_id, on_parent_final, subflow, idempotency_key, created_by, created_by_name, chain,
        work_queue_id, job_variables, created_at, updated_at, position)
      SELECT ${run.id}::uuid, ${name}, ${run.flow.id}::uuid, ${run.deployment?.id ?? null}::uuid,
        ${JSON.stringify(run.parameters)}::json, ${[...run.tags]}::text[], ${stateId}::uuid, ${run.state}, ${stateName}, at,
        CASE WHEN ${run.state} = 'SCHEDULED' THEN COALESCE(${run.scheduledFor}::timestamptz, at) END,
        COALESCE(${run.scheduledFor}::timestamptz, at), ${run.parentId}::uuid, ${run.onParentFinal ?? null}, ${run.subflow}, ${run.idempotencyKey},
        ${run.creator?.resource ?? null}, ${run.creator?.name ?? null}, ${[...run.chain]}::uuid[],
        ${run.queue?.id ?? null}::uuid, ${run.jobVariables == null ? null : JSON.stringify(run.jobVariables)}::json, at, at, next_flow_run_position() FROM moment
      ON CONFLICT DO NOTHING
      RETURNING id, state_id, state_type, state_name, state_timestamp
    ), history AS (
      INSERT INTO flow_run_state (id, flow_run_id, type, name, timestamp)
      SELECT state_id, id, state_type, state_name, state_timestamp FROM created RETURNING id
    )`;
  return { event, insert };
}
