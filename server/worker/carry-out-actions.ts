import { pollInterval } from "../action/jobs.ts";
import { type ActionsOptions, startActions } from "../action/start-actions.ts";
import { wakeForDueJobs } from "../action/wake-for-due-jobs.ts";
import type { Context } from "../context.ts";
import { onWake } from "./on-wake.ts";
import { repeat, type Worker } from "./repeat.ts";

/** Carries out action runs, together with the other servers: new ones at once, those that wait for a time when it has come. */
export async function carryOutActions(
  ctx: Context,
  report: (what: string, cause: unknown) => void,
  options: ActionsOptions = {},
): Promise<Worker & { keep(): Promise<void> }> {
  const actions = await startActions(ctx, report, options);
  const due = repeat(
    options.pollInterval ?? pollInterval,
    () => wakeForDueJobs(ctx),
    (cause) => report("waking servers for actions that are due", cause),
  );
  const nearer = onWake(ctx, "jobs", due.now);
  return {
    keep: actions.keep,
    async close() {
      await Promise.all([nearer.close(), due.close()]);
      await actions.close();
    },
  };
}
