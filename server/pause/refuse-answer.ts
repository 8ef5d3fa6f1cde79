import sql from "sql-template-tag";
import { type Issue, NotFoundError } from "../../core/error.ts";
import type { Context } from "../context.ts";
import { type ExecutionRef, requireCurrentExecution } from "../flow-run/execution.ts";

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
  await requireCurrentExecution(ctx, by);
  const answered = `answered wait of flow run ${by.flowRunId}`;
  if (key.includes("\0")) throw new NotFoundError(answered, key);
  const refused = await ctx.db.query(sql`
    WITH refused AS (
      UPDATE pause SET status = 'REFUSED', answer_issues = ${JSON.stringify(issues)}::json
      WHERE flow_run_id = ${by.flowRunId}::uuid AND key = ${key} AND status IN ('ANSWERED', 'EXPIRED', 'REFUSED')
        AND answer_id IS NOT NULL
      RETURNING answer_id
    )
    UPDATE run_input i SET status = 'INVALID', consumed_at = COALESCE(consumed_at, now()), consumed_by = ${by.execution}
    FROM refused WHERE i.id = refused.answer_id RETURNING i.id`);
  if (refused.length === 0) throw new NotFoundError(answered, key);
}
