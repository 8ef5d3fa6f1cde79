import sql from "sql-template-tag";
import { GiveWay } from "../action/give-way.ts";
import type { Context } from "../context.ts";
import { tellUnready } from "../deployment/readiness.ts";
import { makeScheduledRuns } from "../schedule/make-runs.ts";
import { skipLateRuns } from "../schedule/skip-late-runs.ts";
import { tellWorkStatuses } from "../work-pool/tell-statuses.ts";
import { announceDueRuns } from "./announce-due-runs.ts";
import { cancelOrphans } from "./cancel-orphans.ts";
import { carryOutActions } from "./carry-out-actions.ts";
import { endCancelling } from "./end-cancelling.ts";
import { expireWaits } from "./expire-waits.ts";
import { forgetAutomations } from "./forget-automations.ts";
import { forgetBlocks } from "./forget-blocks.ts";
import { forgetDeliveries } from "./forget-deliveries.ts";
import { forgetFirings } from "./forget-firings.ts";
import { forgetFinishedInputs } from "./forget-inputs.ts";
import { forgetLogs } from "./forget-logs.ts";
import { forgetRunners } from "./forget-runners.ts";
import { forgetRuns } from "./forget-runs.ts";
import { forgetSchedules } from "./forget-schedules.ts";
import { forgetWindows } from "./forget-windows.ts";
import { keepEventDays } from "./keep-event-days.ts";
import { markLateRuns } from "./mark-late.ts";
import { onWake } from "./on-wake.ts";
import { startLeasesAnew, sweepLeases } from "./overdue-leases.ts";
import { repeat, type Worker } from "./repeat.ts";

const heartbeatSeconds = 5;
/** A server that was not heard of for so long is gone; its subscriptions are gone with it. */
const goneSeconds = 20;

/** Starts the server's own work: its sign of life, deadlines, leases, due runs, and what has grown old. */
export async function startWorkers(
  ctx: Context,
  report: (what: string, cause: unknown) => void,
  giveWay = new GiveWay(),
): Promise<Worker> {
  await startLeasesAnew(ctx);
  await ctx.db.query(sql`INSERT INTO server (id) VALUES (${ctx.serverId}::uuid) ON CONFLICT DO NOTHING`);
  const seconds = (number: number) => number * 1000;
  const actions = await carryOutActions(ctx, report, { giveWay });
  const deadlines = repeat(
    seconds(5),
    () => expireWaits(ctx),
    (cause) => report("ending waits that are over", cause),
  );
  const due = repeat(seconds(5), announceDueRuns(ctx), (cause) =>
    report("waking runners for runs that are due", cause),
  );
  const schedules = repeat(seconds(60), makeScheduledRuns(ctx, report), (cause) =>
    report("making the runs of schedules", cause),
  );
  const workers: Worker[] = [
    deadlines,
    due,
    schedules,
    onWake(ctx, "schedules", schedules.now),
    // A nearer deadline, or a run that is due sooner, than what the timers know of.
    onWake(ctx, "deadlines", deadlines.now),
    onWake(ctx, "claimable", due.now),
    repeat(
      seconds(heartbeatSeconds),
      () => heartbeat(ctx),
      (cause) => report("this server's sign of life", cause),
    ),
    repeat(
      seconds(5),
      async () => {
        // What is skipped is not told to be late before.
        await skipLateRuns(ctx);
        return markLateRuns(ctx);
      },
      (cause) => report("marking and skipping runs that are late", cause),
    ),
    actions,
    repeat(
      seconds(5),
      () => tellWorkStatuses(ctx),
      (cause) => report("telling which work pools and queues are ready", cause),
    ),
    repeat(
      seconds(heartbeatSeconds),
      async () => actions.keep().then(() => undefined),
      (cause) => report("freeing the jobs of servers that are gone", cause),
    ),
    repeat(seconds(5), tellUnready(ctx), (cause) =>
      report("telling of deployments that are not ready", cause),
    ),
    repeat(seconds(5), sweepLeases(ctx), (cause) => report("ending leases that are over", cause)),
    repeat(
      seconds(20),
      () => cancelOrphans(ctx),
      (cause) => report("cancelling the runs of cancelled runs", cause),
    ),
    repeat(
      seconds(20),
      () => endCancelling(ctx),
      (cause) => report("ending cancellations that take too long", cause),
    ),
    repeat(
      seconds(20),
      () => forgetFinishedInputs(ctx),
      (cause) => report("forgetting finished inputs", cause),
    ),
    repeat(
      seconds(60),
      () => forgetBlocks(ctx),
      (cause) => report("forgetting blocks that have expired", cause),
    ),
    repeat(
      seconds(20),
      () => forgetDeliveries(ctx),
      (cause) => report("forgetting old deliveries of webhooks", cause),
    ),
    repeat(
      seconds(3600),
      () => keepEventDays(ctx, report),
      (cause) => report("making and dropping the days of events", cause),
    ),
    repeat(
      seconds(3600),
      () => forgetAutomations(ctx),
      (cause) => report("forgetting deleted automations", cause),
    ),
    repeat(
      seconds(3600),
      () => forgetFirings(ctx),
      (cause) => report("forgetting old firings", cause),
    ),
    repeat(
      seconds(3600),
      () => forgetWindows(ctx),
      (cause) => report("forgetting windows that are long over", cause),
    ),
    repeat(
      seconds(3600),
      () => forgetLogs(ctx),
      (cause) => report("forgetting old log lines", cause),
    ),
    repeat(
      seconds(3600),
      () => forgetRuns(ctx),
      (cause) => report("forgetting old runs", cause),
    ),
    repeat(
      seconds(3600),
      () => forgetSchedules(ctx),
      (cause) => report("forgetting deleted schedules", cause),
    ),
    repeat(
      seconds(3600),
      () => forgetRunners(ctx),
      (cause) => report("forgetting runners that are gone", cause),
    ),
  ];
  return {
    async close() {
      await Promise.all(workers.map((worker) => worker.close()));
      await ctx.db.query(sql`DELETE FROM server WHERE id = ${ctx.serverId}::uuid`);
    },
  };
}

async function heartbeat(ctx: Context): Promise<undefined> {
  await ctx.db.query(sql`
    INSERT INTO server (id) VALUES (${ctx.serverId}::uuid) ON CONFLICT (id) DO UPDATE SET heartbeat_at = now()`);
  const left = await ctx.db.query<{ flowRunId: string }>(sql`
    WITH gone AS (DELETE FROM server WHERE heartbeat_at < now() - ${goneSeconds} * interval '1 second' RETURNING id)
    SELECT DISTINCT p.flow_run_id FROM presence p JOIN gone ON gone.id = p.server_id`);
  for (const { flowRunId } of left) ctx.bus.notify(`run:${flowRunId}`);
}
