import sql from "sql-template-tag";
import { type ActionOutcome, begunEvent, endedEvent } from "../../core/action/action-event.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { perDb } from "../recent.ts";
import type { Prepared } from "./outside.ts";
import { type PendingActionRun, readPending } from "./read-action-run.ts";
import { begunAlready, toldRun } from "./record.ts";
import { Together } from "./together.ts";

/** What an action run comes to, where that touches no rows but its own: it is written with others by one statement. */
interface Step {
  readonly id: string;
  /** Its attempts as they were read; where there are others now, somebody else goes on with it. */
  readonly attempts: number;
  readonly next: { readonly status: "RUNNING" | "SUCCEEDED"; readonly attempts: number };
  readonly result: JsonObject | null;
  /** What is sent, by whom, and for how many seconds that is waited for. */
  readonly begun: { readonly prepared: Prepared; readonly holder: string; readonly seconds: number } | null;
  readonly events: readonly NewEvent[];
}

type Success = Extract<ActionOutcome, { status: "SUCCEEDED" }>;

/** Action runs that are read or written at once. */
const most = 100;

const reads = perDb((db) => new Together(most, (ids: readonly string[]) => readAll(db, ids)));
const writes = perDb((db) => new Together(most, (steps: readonly Step[]) => writeAll(db, steps)));

/** Reads an action run that is to be carried out, together with others; null where it is not, or not now. Nothing is locked. */
export function readTogether(ctx: Context, id: string): Promise<PendingActionRun | null> {
  return reads(ctx.db).add(id);
}

/**
 * Records that an attempt begins whose effect is outside, and who carries it out for so long.
 *
 * @returns false where somebody else goes on with it: nothing was written
 */
export function writeBegun(
  ctx: Context,
  run: PendingActionRun,
  { prepared, seconds }: { prepared: Prepared; seconds: number },
): Promise<boolean> {
  return writes(ctx.db).add({
    id: run.id,
    attempts: run.attempts,
    next: { status: "RUNNING", attempts: run.attempts + 1 },
    result: null,
    begun: { prepared, holder: ctx.serverId, seconds },
    events: begunAlready(run) ? [] : [begunEvent(toldRun(run), prepared.related)],
  });
}

/**
 * Records that it was done, with the events that are its effect or tell of it.
 *
 * @param attempt the one that did it; where the effect is outside, the one that was recorded as begun
 * @returns false where somebody else goes on with it: nothing was written
 */
export function writeDone(
  ctx: Context,
  run: PendingActionRun,
  outcome: Success,
  { attempt, events = [] }: { attempt: number; events?: readonly NewEvent[] },
): Promise<boolean> {
  const told = toldRun(run);
  const begun = begunAlready(run) ? [] : [begunEvent(told, outcome.related)];
  return writes(ctx.db).add({
    id: run.id,
    attempts: run.attempts,
    next: { status: "SUCCEEDED", attempts: attempt },
    result: outcome.result,
    begun: null,
    events: [...events, ...begun, endedEvent(told, outcome, attempt, ctx.now())],
  });
}

async function readAll(db: Executor, ids: readonly string[]): Promise<(PendingActionRun | null)[]> {
  const found = new Map((await readPending(db, ids)).map((run) => [run.id, run]));
  return ids.map((id) => found.get(id) ?? null);
}

/**
 * Rows are locked in the order of their ids, then the counts of failures that successes put an end to, and last the log.
 *
 * @returns of each whether it was written
 */
async function writeAll(db: Executor, steps: readonly Step[]): Promise<boolean[]> {
  const each = <T>(value: (step: Step) => T): T[] => steps.map(value);
  const events = steps.flatMap((step, n) => step.events.map((event) => ({ n: n + 1, event })));
  const written = await db.query<{ n: number }>(sql`
    WITH step AS (
      SELECT * FROM unnest(${each(({ id }) => id)}::uuid[], ${each(({ attempts }) => attempts)}::int[],
        ${each(({ next }) => next.status)}::text[], ${each(({ next }) => next.attempts)}::int[], ${each(({ result }) => json(result))}::json[],
        ${each(({ begun }) => json(begun?.prepared))}::json[], ${each(({ begun }) => begun?.holder ?? null)}::uuid[],
        ${each(({ begun }) => begun?.seconds ?? null)}::float8[])
        WITH ORDINALITY AS s (id, attempts, status, next_attempts, result, prepared, holder, seconds, n)
    ), locked AS MATERIALIZED (
      SELECT r.id FROM action_run r WHERE r.id = ANY (${each(({ id }) => id)}::uuid[]) ORDER BY r.id FOR UPDATE
    ), written AS (
      UPDATE action_run r SET status = s.status, attempts = s.next_attempts, updated_at = clock_timestamp(),
        due_at = clock_timestamp() + s.seconds * interval '1 second',
        prepared = COALESCE(s.prepared, r.prepared), holder = COALESCE(s.holder, r.holder),
        result = COALESCE(s.result, r.result), error = CASE WHEN s.status = 'SUCCEEDED' THEN NULL ELSE r.error END
      FROM step s, locked WHERE locked.id = s.id AND r.id = s.id AND r.status IN ('PENDING', 'RUNNING') AND r.attempts = s.attempts
      RETURNING s.n, r.status, r.firing_id, r.list, r.place
    ), failing AS MATERIALIZED (
      SELECT x.automation_id, x.list, x.place FROM action_failure x WHERE (x.automation_id, x.list, x.place) IN (
        SELECT f.automation_id, w.list, w.place FROM written w JOIN firing f ON f.id = w.firing_id WHERE w.status = 'SUCCEEDED')
      ORDER BY x.automation_id, x.list, x.place FOR UPDATE
    ), forgiven AS (
      DELETE FROM action_failure x USING failing f
      WHERE x.automation_id = f.automation_id AND x.list = f.list AND x.place = f.place RETURNING x.place
    ), batch AS (
      SELECT json_agg(e.event ORDER BY e.k) AS events
      FROM unnest(${events.map(({ n }) => n)}::int[], ${events.map(({ event }) => JSON.stringify(event))}::json[])
        WITH ORDINALITY AS e (n, event, k)
      JOIN written w ON w.n = e.n
    ), told AS MATERIALIZED (
      SELECT append_fresh_events(events) FROM batch WHERE events IS NOT NULL AND (SELECT count(*) FROM forgiven) >= 0
    )
    SELECT n FROM written WHERE (SELECT count(*) FROM told) >= 0`);
  const places = new Set(written.map(({ n }) => n));
  return steps.map((_, index) => places.has(index + 1));
}

function json(value: unknown): string | null {
  return value == null ? null : JSON.stringify(value);
}
