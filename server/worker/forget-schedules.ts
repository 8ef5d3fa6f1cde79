import sql from "sql-template-tag";
import type { Context } from "../context.ts";

/** Forgets deleted schedules that no run refers to any more. */
export async function forgetSchedules(ctx: Context): Promise<undefined> {
  await ctx.db.query(sql`
    DELETE FROM schedule s WHERE s.deleted_at < now() - interval '1 hour'
      AND NOT EXISTS (SELECT FROM flow_run r WHERE r.schedule_id = s.id)`);
}
