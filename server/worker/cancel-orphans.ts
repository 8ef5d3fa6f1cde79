import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import { cancelChildren } from "../flow-run/cancel.ts";

/** Cancels what the runs that were cancelled lately had started and what a stopped server did not come to cancel. */
export async function cancelOrphans(ctx: Context): Promise<undefined> {
  const parents = await ctx.db.query<{ id: string }>(sql`
    SELECT DISTINCT p.id FROM flow_run c JOIN flow_run p ON p.id = c.parent_id
    WHERE c.ended_at IS NULL AND c.state_type <> 'CANCELLING' AND p.state_type IN ('CANCELLING', 'CANCELLED')`);
  for (const { id } of parents) await cancelChildren(ctx, id);
}
