import sql from "sql-template-tag";
import type { Context } from "../context.ts";

/** Deletes a variable. @returns the ids deleted: none where there was none */
export async function deleteVariable(ctx: Context, { name }: { name: string }): Promise<string[]> {
  if (name.includes("\0")) return [];
  const deleted = await ctx.db.query<{ id: string }>(
    sql`DELETE FROM variable WHERE name = ${name} RETURNING id`,
  );
  return deleted.map(({ id }) => id);
}
