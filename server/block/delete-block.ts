import sql from "sql-template-tag";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";

/** Deletes a block. @returns the ids deleted: none where there was none */
export async function deleteBlock(ctx: Context, { id }: { id: string }): Promise<string[]> {
  if (!isId(id)) return [];
  const deleted = await ctx.db.query<{ id: string }>(
    sql`DELETE FROM block WHERE id = ${id}::uuid RETURNING id`,
  );
  return deleted.map((row) => row.id);
}
