import sql, { type Sql } from "sql-template-tag";
import {
  type ActionOutcome,
  begunEvent,
  disabledEvent,
  endedEvent,
  retryingEvent,
  type ToldActionRun,
} from "../../core/action/action-event.ts";
import { cutText } from "../../core/event/fit.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import { firingEventId } from "../../core/trigger/firing-id.ts";
import { appendVersions } from "../automation/append-versions.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { appendEvents, appendFreshEvents } from "../event/append-events.ts";
import type { Effect } from "./effect.ts";
import { addJob } from "./jobs.ts";
import type { PendingActionRun } from "./read-action-run.ts";

/** What its events say of an action run. */
export function toldRun(run: PendingActionRun): ToldActionRun {
  const { triggeringEventId, triggeringOccurred } = run;
  return {
    id: run.id,
    index: run.index,
    type: run.action.type,
    automation: { id: run.automationId, name: run.automation.name, trigger: run.automation.trigger },
    triggered: run.triggered,
    firingEventId: firingEventId(run.firingId, run.state),
    triggeringEvent:
      triggeringEventId === null ? null : { id: triggeringEventId, occurred: triggeringOccurred },
    chain: run.chain,
    round: run.attemptsBefore + 1,
  };
}

/** Records how an action run has ended, with what its effect tells of itself. The transaction ends with it. */
export async function recordEnd(
  tx: Transaction,
  ctx: Context,
  run: PendingActionRun,
  { outcome, events, versions = false }: Pick<Effect, "outcome" | "events" | "versions">,
  attempt: number,
): Promise<void> {
  const told = toldRun(run);
  const begun = begunAlready(run) ? [] : [begunEvent(told, outcome.related)];
  const all: NewEvent[] = [...events, ...begun, endedEvent(told, outcome, attempt, ctx.now())];
  const disabled = await countFailure(tx, ctx, run, outcome);
  if (disabled !== null) all.push(disabledEvent(told, disabled, attempt, ctx.now()));
  const ended = endedRun(run, attempt, outcome);
  if (versions) {
    await tx.query(sql`WITH ${ended} SELECT 1`);
    tx.last(appendVersions(all));
  } else tx.last(sql`WITH ${ended} ${appendFreshEvents(all)}`);
}

/**
 * Counts the failures that an action has in a row.
 *
 * @returns how many they are where this one is the last that is borne: from now on it is not carried out; else null
 */
async function countFailure(
  tx: Transaction,
  ctx: Context,
  run: PendingActionRun,
  outcome: ActionOutcome,
): Promise<number | null> {
  const most = ctx.settings.actionFailures;
  if (outcome.status !== "FAILED" || run.disabled || most === 0) return null;
  const [counted] = await tx.query<{ failures: number }>(sql`
    INSERT INTO action_failure AS x (automation_id, list, place, failures, disabled_at)
    SELECT id, ${run.list}, ${run.place}::int, 1, CASE WHEN ${most}::int = 1 THEN clock_timestamp() END
    FROM automation WHERE id = ${run.automationId}::uuid AND revision = ${run.revision} AND deleted_at IS NULL
    ON CONFLICT (automation_id, list, place) DO UPDATE SET failures = x.failures + 1,
      disabled_at = CASE WHEN x.failures + 1 >= ${most}::int THEN COALESCE(x.disabled_at, clock_timestamp()) END
    RETURNING failures`);
  return counted?.failures === most ? most : null;
}

/** Records that an attempt failed, and has the next one made after so many seconds. The transaction ends with it; `jobs` is to be notified then. */
export async function recordRetry(
  tx: Transaction,
  ctx: Context,
  run: PendingActionRun,
  failed: { attempt: number; reason: string; result: ActionOutcome["result"]; delay: number },
): Promise<void> {
  const { attempt, reason, result, delay } = failed;
  const told = toldRun(run);
  const related = run.prepared?.related ?? [];
  const [next] = await tx.query<{ at: Date }>(sql`
    UPDATE action_run SET status = 'PENDING', attempts = ${attempt}, error = ${cutText(reason)}, updated_at = clock_timestamp(),
      due_at = now() + ${delay} * interval '1 second'
    WHERE id = ${run.id}::uuid RETURNING due_at AS at`);
  await tx.query(addJob(run.id, delay * 1000));
  const begun = begunAlready(run) ? [] : [begunEvent(told, related)];
  const nextAttemptAt = next?.at ?? ctx.now();
  const retrying = retryingEvent(told, { attempt, reason, result, related, nextAttemptAt }, ctx.now());
  tx.last(appendEvents([...begun, retrying]));
}

/** Whether an earlier attempt has told that the action has begun. */
export function begunAlready({ attempts, attemptsBefore }: PendingActionRun): boolean {
  return attempts > attemptsBefore;
}

/** Parts of a statement. */
function endedRun(run: PendingActionRun, attempt: number, outcome: ActionOutcome): Sql {
  const failed = outcome.status === "FAILED";
  const result = failed && Object.keys(outcome.result).length === 0 ? null : JSON.stringify(outcome.result);
  const ended = sql`ended AS (
    UPDATE action_run SET status = ${outcome.status}, attempts = ${attempt}, error = ${failed ? cutText(outcome.reason) : null},
      result = ${result}::json, due_at = NULL, updated_at = clock_timestamp() WHERE id = ${run.id}::uuid)`;
  if (failed) return ended;
  return sql`${ended}, forgiven AS (
    DELETE FROM action_failure WHERE automation_id = ${run.automationId}::uuid AND list = ${run.list} AND place = ${run.place}::int)`;
}
