import sql from "sql-template-tag";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { forgetInputs } from "./known-inputs.ts";
import { removeInputs } from "./removed-input.ts";

/**
 * Deletes an input. The question of an open wait stays, and so does an answer that the run's code has not been handed
 * yet. The idempotency key of a message stays taken. A run that comes to a deleted answer again asks again.
 *
 * @returns the ids deleted: none where there was none, or it stays
 */
export async function deleteRunInput(ctx: Context, { id }: { id: string }): Promise<string[]> {
  if (!isId(id)) return [];
  const deleted = await removeInputs(
    ctx.db,
    sql`SELECT i.id FROM run_input i JOIN flow_run r ON r.id = i.flow_run_id
      WHERE i.id = ${id}::uuid AND NOT EXISTS (
        SELECT FROM pause p WHERE p.flow_run_id = r.id AND (
          (p.id = r.pause_id AND i.key IN (p.key || '-schema', p.key || '-description'))
          OR (p.answer_id = i.id AND i.status = 'PENDING' AND p.attempt = r.attempt AND r.ended_at IS NULL)))`,
  );
  for (const { flowRunId } of deleted) forgetInputs(ctx, flowRunId);
  return deleted.map((row) => row.id);
}
