import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import { cancelChildren, endsWithParent } from "../flow-run/cancel.ts";

/** Cancels what was to be cancelled with the runs that started it and what a stopped server did not come to cancel. */
export async function cancelOrphans(ctx: Context): Promise<undefined> {
  const parents = await ctx.db.query<{ id: string }>(sql`
    SELECT DISTINCT p.id FROM flow_run c JOIN flow_run p ON p.id = c.parent_id
    WHERE c.ended_at IS NULL AND c.state_type <> 'CANCELLING' AND ${endsWithParent}`);
  for (const { id } of parents) await cancelChildren(ctx, id);
}
