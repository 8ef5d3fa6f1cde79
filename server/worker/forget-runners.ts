import sql from "sql-template-tag";
import type { Context } from "../context.ts";

/** Forgets runners that were not heard of for a day. */
export async function forgetRunners(ctx: Context): Promise<undefined> {
  await ctx.db.query(sql`DELETE FROM runner WHERE heartbeat_at < now() - interval '1 day'`);
}
