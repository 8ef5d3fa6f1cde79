import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { appendVersions } from "./append-versions.ts";
import { lockAutomation, storedAutomation } from "./row.ts";
import { markDeleted } from "./write-version.ts";

/** Deletes an automation; its firings stay as long as firings are kept, and show it. @returns the ids deleted: none where there was none */
export async function deleteAutomation(ctx: Context, id: string): Promise<string[]> {
  if (!isId(id)) return [];
  const deleted = await ctx.db.transaction(async (tx) => {
    const row = await lockAutomation(tx, id);
    if (row === null) return [];
    tx.last(appendVersions([await markDeleted(tx, ctx, row, storedAutomation(row))]));
    return [row.id];
  });
  if (deleted.length > 0) ctx.bus.notify("events");
  return deleted;
}
