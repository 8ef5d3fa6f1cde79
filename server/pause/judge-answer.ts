import sql from "sql-template-tag";
import type { Issue } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";

/**
 * The asking process's verdict about an answer; no issues: it accepts.
 *
 * @returns whether somebody still waited for it
 */
export async function judgeAnswer(
  ctx: Context,
  { candidateId, issues }: { candidateId: string; issues: readonly Issue[] },
): Promise<boolean> {
  if (!isId(candidateId)) return false;
  const [judged] = await ctx.db.query<{ flowRunId: string }>(sql`
    UPDATE answer_candidate SET issues = ${JSON.stringify(issues.map(({ path, message }) => ({ path, message })))}::json
    WHERE id = ${candidateId}::uuid AND issues IS NULL RETURNING flow_run_id`);
  if (judged === undefined) return false;
  ctx.bus.notify(`run:${judged.flowRunId}`);
  return true;
}
