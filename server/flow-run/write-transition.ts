import sql, { empty, join, type Sql } from "sql-template-tag";
import { isFinal } from "../../core/flow-run/state.ts";
import type { NextState } from "../../core/flow-run/transition.ts";
import type { Executor } from "../db.ts";
import { type Run, runColumns } from "./run.ts";

/** What a transition writes beside the state. What is left out stays as it is. */
export interface Transition {
  stateId: string;
  next: NextState;
  /** More facts of the state, kept in its history. */
  details?: Record<string, unknown>;
  /** A process holds the run for another lease, or no longer. */
  lease?: "renew" | "end";
  newAttempt?: boolean;
  newExecution?: boolean;
  /** From when a runner may claim it, as an SQL expression over `locked`; only with SCHEDULED. */
  scheduledFor?: Sql;
  runnerId?: string | null;
  /** The wait that opens. A transition away from PAUSED closes the one that was open. */
  opens?: string;
  /** How many numbers of the run's inputs this transition takes. */
  inputs?: number;
  /** Further writes of the same statement, each reading from `locked` (id, at, input_seq, …), so that they happen if it does. */
  also?: Sql[];
  /** Whether a wait for an input begins or ends. */
  waitChanged?: boolean;
}

/** How long a process holds a run without renewing. */
export const leaseSeconds = 30;

/**
 * Writes one transition: the state, its history, and whatever comes with it, in one statement. Nothing is written, and
 * null is the answer, where the run is no longer in the state that was decided upon: the caller reads and decides again.
 *
 * This is the one place where a run's state changes, and so the place of the event that tells of it.
 */
export async function writeTransition(db: Executor, run: Run, change: Transition): Promise<Run | null> {
  const { next } = change;
  const also = (change.also ?? []).map((write, index) => sql`, also_${sqlName(index)} AS (${write})`);
  const [written] = await db.query<Run>(sql`
    WITH locked AS MATERIALIZED (
      SELECT id, state_type, state_timestamp, input_seq, attempt, execution,
        GREATEST(date_trunc('milliseconds', clock_timestamp()), state_timestamp + interval '1 millisecond') AS at
      FROM flow_run WHERE id = ${run.id} AND state_id = ${run.stateId} AND execution = ${run.execution} FOR UPDATE
    ), history AS (
      INSERT INTO flow_run_state (id, flow_run_id, type, name, message, timestamp, details)
      SELECT ${change.stateId}::uuid, id, ${next.type}, ${next.name}, ${next.message}, at,
        ${change.details ? JSON.stringify(change.details) : null}::json FROM locked
    )${join([...also, empty], "")}
    UPDATE flow_run r SET ${join(assignments(change), ", ")}
    FROM locked WHERE r.id = locked.id
    RETURNING ${runColumns}`);
  return written ?? null;
}

/** The names of the statement's parts are our own numbers, never values. */
function sqlName(index: number): Sql {
  return sql([String(index)]);
}

function assignments({ stateId, next, ...change }: Transition): Sql[] {
  const set = [
    sql`state_id = ${stateId}::uuid, state_type = ${next.type}, state_name = ${next.name}, state_message = ${next.message}`,
    sql`state_timestamp = locked.at, updated_at = locked.at, position = next_flow_run_position()`,
    sql`running_ms = r.running_ms + CASE WHEN locked.state_type = 'RUNNING'
      THEN (extract(epoch FROM locked.at - locked.state_timestamp) * 1000)::bigint ELSE 0 END`,
    sql`scheduled_for = ${change.scheduledFor ?? sql`NULL`}`,
    sql`ended_at = ${isFinal(next.type) ? sql`locked.at` : sql`NULL`}`,
  ];
  if (next.type === "RUNNING") {
    set.push(sql`started_at = COALESCE(r.started_at, locked.at)`);
    set.push(sql`run_count = GREATEST(r.run_count, r.attempt${change.newAttempt ? sql` + 1` : empty})`);
  }
  if (change.newAttempt) set.push(sql`attempt = r.attempt + 1`);
  if (change.newExecution) set.push(sql`execution = r.execution + 1`);
  if (change.lease === "renew")
    set.push(sql`lease_until = locked.at + ${leaseSeconds} * interval '1 second'`);
  if (change.lease === "end") set.push(sql`lease_until = NULL`);
  if (change.runnerId !== undefined) set.push(sql`runner_id = ${change.runnerId}::uuid`);
  if (change.inputs) set.push(sql`input_seq = r.input_seq + ${change.inputs}`);
  if (change.waitChanged) set.push(sql`wait_position = next_flow_run_position()`);
  if (change.opens) set.push(sql`pause_id = ${change.opens}::uuid`);
  else if (next.type !== "PAUSED") set.push(sql`pause_id = NULL`);
  return set;
}
