import sql from "sql-template-tag";
import type { Context } from "../context.ts";

const mostAtOnce = 5_000;

/** Deletes the firings that are older than events are kept, with their action runs; not those of which something is still to be done. */
export async function forgetFirings(ctx: Context): Promise<number | undefined> {
  const gone = await ctx.db.query(sql`
    DELETE FROM firing WHERE id IN (
      SELECT f.id FROM firing f WHERE f.created_at < now() - ${ctx.settings.eventRetention} * interval '1 day'
        AND NOT EXISTS (SELECT FROM action_run r WHERE r.firing_id = f.id AND r.status = 'PENDING')
      ORDER BY f.created_at LIMIT ${mostAtOnce})
    RETURNING id`);
  return gone.length === mostAtOnce ? 100 : undefined;
}
