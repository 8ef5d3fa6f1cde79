import sql from "sql-template-tag";
import { isId } from "../../core/id.ts";
import type { Json } from "../../core/json.ts";
import type { Context } from "../context.ts";
import type { ExecutionRef } from "../flow-run/execution.ts";

/** The kept result of a task's call in the run's present attempt; null where none is kept. */
export async function taskResult(
  ctx: Context,
  { key, flowRunId }: ExecutionRef & { key: string },
): Promise<{ value: Json } | null> {
  if (!isId(flowRunId) || key.includes("\0")) return null;
  const [found] = await ctx.db.query<{ value: Json }>(sql`
    SELECT t.value FROM task_result t JOIN flow_run r ON r.id = t.flow_run_id AND r.attempt = t.attempt
    WHERE t.flow_run_id = ${flowRunId}::uuid AND t.key = ${key}`);
  return found ?? null;
}
