import sql from "sql-template-tag";
import type { Context } from "../context.ts";

const mostAtOnce = 500;

/**
 * Deletes automations that were deleted and have no firings any more, and versions that no event of the kept log was judged by. Nothing
 * that an evaluator has not come past is touched: it may have to begin there.
 */
export async function forgetAutomations(ctx: Context): Promise<number | undefined> {
  const gone = await ctx.db.query(sql`
    DELETE FROM automation WHERE id IN (
      SELECT a.id FROM automation a
      WHERE a.deleted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM firing f WHERE f.automation_id = a.id)
        AND (SELECT max(v.position) FROM automation_version v WHERE v.automation_id = a.id)
          <= (SELECT min(position) FROM evaluator)
      LIMIT ${mostAtOnce})
    RETURNING id`);
  const old = await ctx.db.query(sql`
    DELETE FROM automation_version WHERE (automation_id, revision) IN (
      SELECT v.automation_id, v.revision FROM automation_version v
      JOIN automation_version later ON later.automation_id = v.automation_id AND later.revision = v.revision + 1
      WHERE later.position < LEAST(
          (SELECT min(position) FROM evaluator),
          COALESCE((SELECT min(position) FROM event), (SELECT position FROM event_log)))
        AND NOT EXISTS (SELECT 1 FROM firing f WHERE f.automation_id = v.automation_id AND f.revision = v.revision)
      LIMIT ${mostAtOnce})
    RETURNING revision`);
  return gone.length === mostAtOnce || old.length === mostAtOnce ? 100 : undefined;
}
