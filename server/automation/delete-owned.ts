import type { Context } from "../context.ts";
import { appendVersions } from "./append-versions.ts";
import { lockOwnedAutomations, storedAutomation } from "./row.ts";
import { markDeleted } from "./write-version.ts";

/** Deletes all automations of an owner, each with an event of it. @returns the ids deleted: none where there were none */
export async function deleteOwned(ctx: Context, owner: string): Promise<string[]> {
  // Postgres has no text with NUL: nothing belongs to such a resource.
  if (owner.includes("\0")) return [];
  const deleted = await ctx.db.transaction(async (tx) => {
    const rows = await lockOwnedAutomations(tx, owner);
    if (rows.length === 0) return [];
    const events = [];
    for (const row of rows) events.push(await markDeleted(tx, ctx, row, storedAutomation(row)));
    tx.last(appendVersions(events));
    return rows.map(({ id }) => id);
  });
  if (deleted.length > 0) ctx.bus.notify("events");
  return deleted;
}
