import sql from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import { jsonProblem } from "../../core/json.ts";
import type { Context } from "../context.ts";
import { type ExecutionRef, requireCurrentExecution } from "../flow-run/execution.ts";

const longestKey = 1000;

/**
 * Keeps the result of one call of a task for the run's further executions of this attempt. The first one kept stays.
 *
 * @throws NotFoundError
 * @throws StaleExecutionError
 * @throws InvalidInputError
 */
export async function saveTaskResult(
  ctx: Context,
  { key, value, ...by }: ExecutionRef & { key: string; value?: unknown },
): Promise<void> {
  const problem = jsonProblem(value ?? null, { maxBytes: ctx.settings.maxValueBytes });
  if (problem !== null) throw InvalidInputError.at(["value", ...problem.path], problem.message);
  if (key === "" || key.length > longestKey || key.includes("\0")) {
    throw InvalidInputError.at(["key"], `a key has 1 to ${longestKey} characters`);
  }
  await requireCurrentExecution(ctx, by);
  await ctx.db.query(sql`
    INSERT INTO task_result (flow_run_id, attempt, key, value)
    SELECT id, attempt, ${key}, ${JSON.stringify(value ?? null)}::json FROM flow_run WHERE id = ${by.flowRunId}::uuid
    ON CONFLICT DO NOTHING`);
}
