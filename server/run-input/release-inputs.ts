import sql from "sql-template-tag";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";

/** Gives back what a receiver has not finished with; the next one gets it at once. @returns whether it had any */
export async function releaseInputs(ctx: Context, { consumer }: { consumer: string }): Promise<boolean> {
  if (!isId(consumer)) return false;
  const released = await ctx.db.query<{ flowRunId: string }>(sql`
    UPDATE run_input SET claimed_by = NULL, claimed_until = NULL, claims = GREATEST(claims - 1, 0)
    WHERE claimed_by = ${consumer}::uuid AND status = 'PENDING' RETURNING flow_run_id`);
  for (const { flowRunId } of released) ctx.bus.notify(`inputs:${flowRunId}`);
  return released.length > 0;
}
