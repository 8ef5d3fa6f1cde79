import sql from "sql-template-tag";
import { isId } from "../../core/id.ts";
import { webhookEvent } from "../../core/webhook/webhook-event.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/append-events.ts";
import { lockWebhook, toldWebhook } from "./row.ts";

/** Deletes a webhook with its deliveries; the events that came by it stay. @returns the ids deleted: none where there was none */
export async function deleteWebhook(ctx: Context, id: string): Promise<string[]> {
  if (!isId(id)) return [];
  const deleted = await ctx.db.transaction(async (tx) => {
    const row = await lockWebhook(tx, id);
    if (row === null) return [];
    await tx.query(sql`DELETE FROM webhook WHERE id = ${row.id}::uuid`);
    tx.last(appendEvents([webhookEvent(ctx.newId(), row.at, toldWebhook(row), { verb: "deleted" })]));
    return [row.id];
  });
  if (deleted.length > 0) ctx.bus.notify("events");
  return deleted;
}
