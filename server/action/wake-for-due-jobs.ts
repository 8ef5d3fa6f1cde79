import sql from "sql-template-tag";
import type { Context } from "../context.ts";

/** What is due within so many milliseconds of each other is done by one look. */
const together = 20;

/**
 * Wakes all servers where jobs are due that nobody has taken: the library itself sees what was stored for later only when it next looks.
 *
 * @returns milliseconds until the next one that waits is due; undefined where none waits
 */
export async function wakeForDueJobs(ctx: Context): Promise<number | undefined> {
  // All of our jobs have the library's first priority, by which its index begins.
  const [look] = await ctx.db.query<{ milliseconds: number | null }>(sql`
    SELECT CASE WHEN EXISTS (
        SELECT FROM graphile_worker._private_jobs WHERE is_available AND priority = 0 AND run_at <= now()
      ) THEN pg_notify('jobs:insert', '{"count":1}')::text END AS woken,
      extract(epoch FROM (
        SELECT min(run_at) FROM graphile_worker._private_jobs WHERE is_available AND priority = 0 AND run_at > now()
      ) - clock_timestamp())::float8 * 1000 AS milliseconds`);
  const milliseconds = look?.milliseconds ?? null;
  return milliseconds === null ? undefined : Math.max(Math.ceil(milliseconds), together);
}
