import sql from "sql-template-tag";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { type EventRow, eventColumns } from "./row.ts";

/** The events of these ids, in their order; null where one is not kept, or not any more. */
export async function readEvents(
  ctx: Pick<Context, "db">,
  ids: readonly string[],
): Promise<(EventRow | null)[]> {
  const wanted = [...new Set(ids.filter(isId).map((id) => id.toLowerCase()))];
  if (wanted.length === 0) return ids.map(() => null);
  const rows = await ctx.db.query<EventRow>(
    sql`SELECT ${eventColumns} FROM event e WHERE e.id = ANY (${wanted}::uuid[])`,
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => known.get(id.toLowerCase()) ?? null);
}
