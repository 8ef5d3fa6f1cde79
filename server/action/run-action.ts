import sql, { type Sql } from "sql-template-tag";
import { type ActionOutcome, actionEvents, type ToldActionRun } from "../../core/action/action-event.ts";
import { cutText } from "../../core/event/fit.ts";
import type { NewEvent } from "../../core/event/new-event.ts";
import { firingEventId } from "../../core/trigger/firing-id.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/append-events.ts";
import { act, type Effect } from "./act.ts";
import { addJobs } from "./jobs.ts";
import { lockPending, type PendingActionRun } from "./read-action-run.ts";
import { readInvolved } from "./read-involved.ts";

/** Tries of an action that fails unexpectedly. */
const mostAttempts = 4;
/** Before the second try, in milliseconds; each further one waits five times as long. */
const firstPause = 1_000;

/**
 * Carries out an action run, once: what it does in this database, the record of it and the events that tell of it are one transaction.
 * One that has been carried out already is left alone. What goes wrong unexpectedly is tried again later, four times in all.
 */
export async function runAction(
  ctx: Context,
  id: string,
  report: (what: string, cause: unknown) => void,
): Promise<void> {
  let effect: Effect | null;
  try {
    effect = await ctx.db.transaction(async (tx) => {
      const run = await lockPending(tx, id);
      if (run === null) return null;
      const told = firingEventId(run.firingId, run.state);
      const members = run.memberFirings.map((member) => member.triggeringEventId).reverse();
      const involved = await readInvolved(tx, [
        run.triggeringEventId,
        run.firingTriggeringEventId,
        ...members,
      ]);
      const events = involved.map(({ shown }) => shown);
      const own = involved.find(({ shown }) => shown.id === run.triggeringEventId) ?? null;
      const done = await act(tx, ctx, { run, event: own?.shown ?? null, events });
      const attempt = run.attempts + 1;
      const telling = actionEvents(
        toldRun(run, told, own?.occurred ?? null),
        done.outcome,
        attempt,
        ctx.now(),
      );
      tx.last(record(id, attempt, done.outcome, [...done.events, ...telling]));
      return done;
    });
  } catch (cause) {
    report(`carrying out the action run ${id}`, cause);
    return recordFailure(ctx, id, cause);
  }
  if (effect === null) return;
  effect.committed?.();
  ctx.bus.notify("events", "firings");
}

async function recordFailure(ctx: Context, id: string, cause: unknown): Promise<void> {
  const reason = cutText(cause instanceof Error ? cause.message : String(cause));
  await ctx.db.transaction(async (tx) => {
    const run = await lockPending(tx, id);
    if (run === null) return;
    const attempt = run.attempts + 1;
    if (attempt < mostAttempts) {
      await tx.query(sql`
        UPDATE action_run SET attempts = ${attempt}, error = ${reason}, updated_at = clock_timestamp() WHERE id = ${id}::uuid`);
      await tx.query(addJobs([id], firstPause * 5 ** (attempt - 1)));
      return;
    }
    const outcome: ActionOutcome = { status: "FAILED", reason, related: [], result: {} };
    const told = toldRun(run, firingEventId(run.firingId, run.state), null);
    tx.last(record(id, attempt, outcome, actionEvents(told, outcome, attempt, ctx.now())));
  });
  ctx.bus.notify("events", "firings");
}

function toldRun(run: PendingActionRun, told: string, occurred: Date | null): ToldActionRun {
  return {
    id: run.id,
    index: run.index,
    type: run.action.type,
    automation: { id: run.automationId, name: run.automation.name, trigger: run.automation.trigger },
    triggered: run.triggered,
    firingEventId: told,
    triggeringEvent: run.triggeringEventId === null ? null : { id: run.triggeringEventId, occurred },
    chain: run.chain,
  };
}

/** The transaction's last statement: what became of it, and the events that tell of that. */
function record(id: string, attempt: number, outcome: ActionOutcome, events: readonly NewEvent[]): Sql {
  const failed = outcome.status === "FAILED";
  const result = failed && Object.keys(outcome.result).length === 0 ? null : JSON.stringify(outcome.result);
  return sql`
    WITH recorded AS (
      UPDATE action_run SET status = ${outcome.status}, attempts = ${attempt}, error = ${failed ? cutText(outcome.reason) : null},
        result = ${result}::json, updated_at = clock_timestamp() WHERE id = ${id}::uuid
    )
    ${appendEvents(events)}`;
}
