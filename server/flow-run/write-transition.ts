import sql, { empty, join, type Sql } from "sql-template-tag";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { UntimedEvent } from "../../core/event/untimed-event.ts";
import { isFinal, type StateType } from "../../core/flow-run/state.ts";
import { stateEvent } from "../../core/flow-run/state-event.ts";
import type { NextState } from "../../core/flow-run/transition.ts";
import type { Executor } from "../db.ts";
import { type MovingColumns, movingColumns, type Run, toldRun } from "./run.ts";
import { eventText, stateEventText } from "./stamp.ts";

/** What a transition writes beside the state. What is left out stays as it is. */
export interface Transition {
  stateId: string;
  next: NextState;
  /** The type that was proposed, where another one came of it. */
  intended?: StateType;
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
  /** What else there is to tell: of a wait after the state that opens it, and before the one that leaves it. */
  tell?: Told[];
  /** Whether a wait for an input begins or ends. */
  waitChanged?: boolean;
}

/** An event of the same moment, with what only the statement knows of its payload. */
export interface Told {
  event: UntimedEvent;
  /** A JSON object over `locked`, as an SQL expression, that is laid over the payload. */
  payload?: Sql;
}

/** How long a process holds a run without renewing. */
export const leaseSeconds = 30;

/**
 * Writes one transition: the state, its history, whatever comes with it, and the event that tells of it, in one statement.
 * Nothing is written, and null is the answer, where the run is no longer in the state that was decided upon: the caller
 * reads and decides again.
 *
 * Locks are taken in this order: the run, what `also` writes, the order of all runs' changes, the log of events. So the
 * log's, which everybody waits for, is held for the rest of the statement only.
 */
export async function writeTransition(db: Executor, run: Run, change: Transition): Promise<Run | null> {
  const { steps, done } = transition(run, assignments(change), change, sql`FOR UPDATE`);
  const [written] = await db.query<MovingColumns>(sql`
    WITH ${steps}, told AS MATERIALIZED (
      SELECT append_fresh_events(${eventsOf(run, change)}) FROM locked WHERE ${done} > 0
    )
    SELECT * FROM written WHERE (SELECT count(*) FROM told) > 0`);
  return written === undefined ? null : { ...run, ...written };
}

/**
 * The same in the caller's transaction, which has locked the run, and which appends the events that tell of it at its end
 * (`tx.last(appendEvents(…))`). From here to COMMIT no run anywhere can change: make it the statement before the last one.
 * The run is then one that `run.chain` has led to.
 *
 * @throws Error where the run is no longer in the state that was decided upon
 */
export async function writeUntold(
  tx: Executor,
  run: Run,
  change: Transition,
): Promise<{ run: Run; events: NewEvent[] }> {
  const set = [...assignments(change), sql`chain = ${run.chain}::uuid[]`];
  // Not FOR UPDATE: who holds the log may be about to refer to the run.
  const { steps, done } = transition(run, set, change, sql`FOR NO KEY UPDATE`);
  const [written] = await tx.query<
    MovingColumns & { events: (Omit<NewEvent, "occurred"> & { occurred: string })[] }
  >(sql`
    WITH ${steps}, told AS MATERIALIZED (
      SELECT ${eventsOf(run, change)} AS events FROM locked WHERE ${done} > 0
    )
    SELECT written.*, told.events FROM written, told`);
  if (written === undefined) throw new Error(`flow run ${run.id} was changed while it was locked`);
  const { events, ...changed } = written;
  return {
    run: { ...run, ...changed },
    events: events.map((event) => ({
      ...event,
      occurred: new Date(event.occurred),
      follows: event.follows ?? null,
    })),
  };
}

/** The parts of the statement, `locked` and `written` among them, and an expression that is above 0 where it was all done. */
function transition(run: Run, set: readonly Sql[], change: Transition, lock: Sql): { steps: Sql; done: Sql } {
  const { next } = change;
  const also = (change.also ?? []).map((write, index) => [sql`also_${sqlName(index)}`, write] as const);
  const alsoDone = also.map(([name]) => sql` + (SELECT count(*) FROM ${name})`);
  const steps = sql`locked AS MATERIALIZED (
      SELECT id, state_id, state_type, state_timestamp, input_seq, attempt, execution,
        GREATEST(date_trunc('milliseconds', clock_timestamp()), state_timestamp + interval '1 millisecond') AS at
      FROM flow_run WHERE id = ${run.id} AND state_id = ${run.stateId} AND execution = ${run.execution} ${lock}
    ), history AS (
      INSERT INTO flow_run_state (id, flow_run_id, type, name, message, timestamp, details)
      SELECT ${change.stateId}::uuid, id, ${next.type}, ${next.name}, ${next.message}, at,
        ${change.details ? JSON.stringify(change.details) : null}::json FROM locked RETURNING id
    )${join([...also.map(([name, write]) => sql`, ${name} AS (${write} RETURNING 1)`), empty], "")}, written AS (
      UPDATE flow_run r SET ${join([...set], ", ")}
      FROM locked WHERE r.id = locked.id
      RETURNING r.id, ${movingColumns}
    )`;
  const done = sql`(SELECT count(*) FROM history)${join([...alsoDone, empty], "")} + (SELECT count(*) FROM written)`;
  return { steps, done };
}

/** The events of a transition, in their order, as a JSON array in SQL. */
function eventsOf(run: Run, change: Transition): Sql {
  const { next, stateId, intended } = change;
  const at = sql`locked.at`;
  const from = { type: run.stateType, name: run.stateName, message: run.stateMessage };
  const event = stateEvent(
    { ...toldRun(run), runCount: runCountAfter(run, change) },
    { id: stateId, from, to: next, intended },
  );
  const before = { id: sql`locked.state_id`, timestamp: sql`locked.state_timestamp` };
  const state = stateEventText(event, at, before);
  const tell = (change.tell ?? []).map((told) => toldText(told, at));
  const texts = next.type === "PAUSED" ? [state, ...tell] : [...tell, state];
  return sql`('[' || ${join(texts, " || ',' || ")} || ']')::json`;
}

function toldText({ event, payload }: Told, at: Sql): Sql {
  const text = eventText(event, at);
  return payload === undefined
    ? text
    : sql`jsonb_set(${text}::jsonb, '{payload}', ${JSON.stringify(event.payload)}::jsonb || ${payload})::text`;
}

/** The run's count as `assignments` writes it. */
function runCountAfter(run: Run, { next, newAttempt }: Transition): number {
  return next.type === "RUNNING" ? Math.max(run.runCount, run.attempt + (newAttempt ? 1 : 0)) : run.runCount;
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
