import sql, { type Sql } from "sql-template-tag";
import {
  type ActionOutcome,
  begunEvent,
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
import { appendEvents } from "../event/append-events.ts";
import type { Effect } from "./effect.ts";
import { addJobs } from "./jobs.ts";
import type { Prepared } from "./outside.ts";
import type { PendingActionRun } from "./read-action-run.ts";

/** What its events say of a locked action run. */
function toldRun(run: PendingActionRun): ToldActionRun {
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

/** Records that an attempt begins whose effect is outside, and who carries it out for so long. The transaction ends with it. */
export async function recordBegun(
  tx: Transaction,
  run: PendingActionRun,
  prepared: Prepared,
  seconds: number,
): Promise<void> {
  await tx.query(sql`
    UPDATE action_run SET status = 'RUNNING', attempts = ${run.attempts + 1}, prepared = ${JSON.stringify(prepared)}::json,
      due_at = clock_timestamp() + ${seconds} * interval '1 second', updated_at = clock_timestamp()
    WHERE id = ${run.id}::uuid`);
  const begun = begunAlready(run) ? [] : [begunEvent(toldRun(run), prepared.related)];
  if (begun.length > 0) tx.last(appendEvents(begun));
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
  const ended = endedRun(run.id, attempt, outcome);
  if (versions) {
    await tx.query(ended);
    tx.last(appendVersions(all));
  } else tx.last(sql`WITH ended AS (${ended}) ${appendEvents(all)}`);
}

/** Records that an attempt failed, and has the next one made after so many seconds. The transaction ends with it. */
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
  await tx.query(addJobs([run.id], delay * 1000));
  const begun = begunAlready(run) ? [] : [begunEvent(told, related)];
  const nextAttemptAt = next?.at ?? ctx.now();
  const retrying = retryingEvent(told, { attempt, reason, result, related, nextAttemptAt }, ctx.now());
  tx.last(appendEvents([...begun, retrying]));
}

/** Whether an earlier attempt has told that the action has begun. */
function begunAlready({ attempts, attemptsBefore }: PendingActionRun): boolean {
  return attempts > attemptsBefore;
}

function endedRun(id: string, attempt: number, outcome: ActionOutcome): Sql {
  const failed = outcome.status === "FAILED";
  const result = failed && Object.keys(outcome.result).length === 0 ? null : JSON.stringify(outcome.result);
  return sql`
    UPDATE action_run SET status = ${outcome.status}, attempts = ${attempt}, error = ${failed ? cutText(outcome.reason) : null},
      result = ${result}::json, due_at = NULL, updated_at = clock_timestamp() WHERE id = ${id}::uuid`;
}
