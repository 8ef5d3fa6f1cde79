import sql from "sql-template-tag";
import type { Context } from "../context.ts";

const mostAtOnce = 1_000;

/**
 * Deletes blocks that have expired an hour ago. For so long their names' revisions go on where they are taken again, so that nobody who has
 * read the old document replaces the new one.
 */
export async function forgetBlocks(ctx: Context): Promise<number | undefined> {
  const gone = await ctx.db.query(sql`
    DELETE FROM block WHERE id IN (
      SELECT id FROM block WHERE expires_at < now() - interval '1 hour' LIMIT ${mostAtOnce})
    AND expires_at < now() - interval '1 hour' RETURNING id`);
  return gone.length === mostAtOnce ? 100 : undefined;
}
