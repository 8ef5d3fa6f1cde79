import type { Context } from "../context.ts";
import { GiveWay } from "./give-way.ts";
import { type Jobs, startJobs } from "./jobs.ts";
import { runAction } from "./run-action.ts";

/** Connections of the job library. */
const poolSize = 4;

export interface ActionsOptions {
  giveWay?: GiveWay;
  /** Milliseconds after which who is not woken looks anyway. */
  pollInterval?: number;
}

/** Carries out action runs, together with the other servers, until it is closed. */
export async function startActions(
  ctx: Context,
  report: (what: string, cause: unknown) => void,
  { giveWay = new GiveWay(), pollInterval }: ActionsOptions = {},
): Promise<Jobs> {
  const pool = ctx.db.openPool(poolSize);
  const lost = (cause: unknown) => report("a connection of the jobs was lost", cause);
  pool.on("error", lost);
  pool.on("connect", (client) => client.on("error", lost));
  const work = async (id: string, waits: () => void) => {
    await giveWay.turn();
    await runAction(ctx, id, report, { waits });
  };
  const jobs = await startJobs(ctx, { pool, report, work, pollInterval });
  return {
    keep: jobs.keep,
    async close() {
      await jobs.close();
      await pool.end();
    },
  };
}
