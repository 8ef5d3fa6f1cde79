import sql from "sql-template-tag";
import type { Context } from "../context.ts";

const mostAtOnce = 10_000;

/** Deletes the deliveries of each webhook but for the newest, of which as many are kept as the setting says. */
export async function forgetDeliveries(ctx: Context): Promise<number | undefined> {
  const gone = await ctx.db.query(sql`
    DELETE FROM webhook_delivery WHERE id IN (
      SELECT d.id FROM webhook w
      CROSS JOIN LATERAL (
        SELECT k.received_at, k.id FROM webhook_delivery k WHERE k.webhook_id = w.id
        ORDER BY k.received_at DESC, k.id DESC OFFSET ${ctx.settings.webhooks.deliveries - 1} LIMIT 1
      ) oldest
      JOIN webhook_delivery d ON d.webhook_id = w.id AND (d.received_at, d.id) < (oldest.received_at, oldest.id)
      LIMIT ${mostAtOnce})
    RETURNING id`);
  return gone.length === mostAtOnce ? 100 : undefined;
}
