import sql from "sql-template-tag";
import { NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { type DeploymentNow, readTold, toldDeployment } from "../deployment/told-deployment.ts";
import { appendEvents } from "../event/append-events.ts";
import { type ScheduleRow, scheduleColumns } from "./row.ts";
import { announceRunsAhead } from "./runs-ahead.ts";

/** What was done: the ids of runs that were deleted for it; null for nothing. */
export type Done = string[] | null;

/**
 * Changes schedules of a deployment by hand: `work` does so while the transaction holds the deployment. The deployment's event tells of it,
 * and runs are made anew at once.
 *
 * @throws NotFoundError for an unknown deployment
 */
export async function changeSchedules(
  ctx: Context,
  deploymentId: string,
  work: (tx: Transaction, deployment: DeploymentNow) => Promise<Done>,
): Promise<void> {
  const done = await ctx.db.transaction(async (tx) => {
    // Not FOR UPDATE: who makes a run of it holds the log when its reference to the deployment is checked.
    const [deployment] = isId(deploymentId)
      ? await readTold(tx, sql`d.id = ${deploymentId}::uuid FOR NO KEY UPDATE OF d`)
      : [];
    if (deployment === undefined) throw new NotFoundError("deployment", deploymentId);
    const deleted = await work(tx, deployment);
    const change = { verb: "updated", changed: ["schedules"] } as const;
    if (deleted !== null) tx.last(appendEvents([toldDeployment(ctx, deployment, change)]));
    return deleted;
  });
  if (done === null) return;
  announceRunsAhead(ctx, done);
  ctx.bus.notify("events");
}

/** Likewise one schedule, as it is while the transaction holds its deployment. @throws NotFoundError */
export async function changeSchedule(
  ctx: Context,
  id: string,
  work: (tx: Transaction, schedule: ScheduleRow) => Promise<Done>,
): Promise<void> {
  const unknown = new NotFoundError("schedule", id);
  const deploymentId = await deploymentOf(ctx, id);
  if (deploymentId === null) throw unknown;
  await changeSchedules(ctx, deploymentId, async (tx) => {
    const [schedule] = await tx.query<ScheduleRow>(sql`
      SELECT ${scheduleColumns} FROM schedule s WHERE s.id = ${id}::uuid AND s.deleted_at IS NULL`);
    if (schedule === undefined) throw unknown;
    return work(tx, schedule);
  });
}

async function deploymentOf(ctx: Context, id: string): Promise<string | null> {
  if (!isId(id)) return null;
  const [found] = await ctx.db.query<{ deploymentId: string }>(sql`
    SELECT deployment_id FROM schedule WHERE id = ${id}::uuid AND deleted_at IS NULL`);
  return found?.deploymentId ?? null;
}
