import type { Context } from "../context.ts";
import { type Jobs, startJobs } from "./jobs.ts";
import { runAction } from "./run-action.ts";

/** Connections of the job library. */
const poolSize = 4;

/** Carries out action runs, together with the other servers, until it is closed. */
export async function startActions(
  ctx: Context,
  report: (what: string, cause: unknown) => void,
): Promise<Jobs> {
  const pool = ctx.db.openPool(poolSize);
  const lost = (cause: unknown) => report("a connection of the jobs was lost", cause);
  pool.on("error", lost);
  pool.on("connect", (client) => client.on("error", lost));
  const jobs = await startJobs(ctx, { pool, report, work: (id) => runAction(ctx, id, report) });
  return {
    keep: jobs.keep,
    async close() {
      await jobs.close();
      await pool.end();
    },
  };
}
