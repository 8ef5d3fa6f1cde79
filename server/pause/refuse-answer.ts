import sql from "sql-template-tag";
import { type Issue, NotFoundError } from "../../core/error.ts";
import { rejectedAnswerEvent, type ToldQuestion } from "../../core/run-input/input-event.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/append-events.ts";
import { type ExecutionRef, findCurrent } from "../flow-run/execution.ts";
import { toldRun } from "../flow-run/run.ts";

/**
 * The code of a run refuses an accepted answer: the answer is INVALID, and its key can be asked again. Doing it twice is
 * doing it once.
 *
 * @throws NotFoundError for an unknown run, or a wait that has no answer
 * @throws StaleExecutionError
 */
export async function refuseAnswer(
  ctx: Context,
  { key, issues, ...by }: ExecutionRef & { key: string; issues: readonly Issue[] },
): Promise<void> {
  const run = await findCurrent(ctx.db, by);
  const answered = `answered wait of flow run ${by.flowRunId}`;
  if (key.includes("\0")) throw new NotFoundError(answered, key);
  const told = await ctx.db.transaction(async (tx) => {
    const [refused] = await tx.query<Refused>(sql`
      WITH answered AS (
        SELECT id, key, input_type, answer_id, status FROM pause
        WHERE flow_run_id = ${by.flowRunId}::uuid AND key = ${key} AND status IN ('ANSWERED', 'EXPIRED', 'REFUSED')
          AND answer_id IS NOT NULL FOR UPDATE
      ), refused AS (
        UPDATE pause SET status = 'REFUSED', answer_issues = ${JSON.stringify(issues)}::json FROM answered WHERE pause.id = answered.id
      )
      UPDATE run_input i SET status = 'INVALID', consumed_at = COALESCE(consumed_at, now()), consumed_by = ${by.execution}
      FROM answered a WHERE i.id = a.answer_id RETURNING a.id, a.key, a.input_type, a.status = 'REFUSED' AS again, clock_timestamp() AS at`);
    if (refused === undefined) throw new NotFoundError(answered, key);
    if (refused.again) return false;
    const event = rejectedAnswerEvent(ctx.newId(), toldRun(run), refused);
    tx.last(appendEvents([{ ...event, occurred: refused.at, follows: null }]));
    return true;
  });
  if (told) ctx.bus.notify("events");
}

/** A question whose answer was refused, now or `again`. */
interface Refused extends ToldQuestion {
  again: boolean;
  at: Date;
}
