import sql from "sql-template-tag";
import type { NewEvent } from "../../core/event/new-event.ts";
import { isId } from "../../core/id.ts";
import { readySeconds } from "../../core/work-pool/status.ts";
import { appendVersions } from "../automation/append-versions.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { stopTriggers } from "../deployment/stopped-triggers.ts";
import { announceRunsAhead } from "../schedule/runs-ahead.ts";
import { stopSchedules } from "../schedule/stopped-schedules.ts";
import { tellWorkStatuses } from "../work-pool/tell-statuses.ts";
import { onlineSeconds } from "./online.ts";
import { lockDeployments } from "./served-deployments.ts";

/**
 * Forgets a runner that stops. With `pauseTriggers`, the triggers and schedules of deployments that no other runner serves are paused until
 * one does.
 *
 * @returns the names of what was paused; none for a runner that is not known
 */
export async function stopRunner(
  ctx: Context,
  { id, pauseTriggers }: { id: string; pauseTriggers: boolean },
): Promise<string[]> {
  if (!isId(id)) return [];
  const { names, events, worked, deleted } = await ctx.db.transaction(async (tx) => {
    const [runner] = await tx.query<{ deploymentIds: string[]; workPoolId: string | null }>(sql`
      SELECT deployment_ids, work_pool_id FROM runner WHERE id = ${id}::uuid`);
    const deploymentIds = await lockDeployments(tx, runner?.deploymentIds ?? []);
    await tx.query(sql`DELETE FROM runner WHERE id = ${id}::uuid`);
    if (runner?.workPoolId != null) await forgetPolls(tx, runner.workPoolId);
    const paused: { names: string[]; events: NewEvent[]; deleted: string[] } = {
      names: [],
      events: [],
      deleted: [],
    };
    for (const deploymentId of pauseTriggers ? deploymentIds : []) {
      if (await isServed(tx, deploymentId)) continue;
      const stopped = await stopTriggers(tx, ctx, deploymentId);
      paused.names.push(...stopped.names);
      paused.events.push(...stopped.events);
      paused.deleted.push(...(await stopSchedules(tx, deploymentId)));
    }
    if (paused.events.length > 0) tx.last(appendVersions(paused.events));
    return { ...paused, worked: runner?.workPoolId != null };
  });
  if (events.length > 0) ctx.bus.notify("events");
  if (deleted.length > 0) announceRunsAhead(ctx, deleted);
  if (worked) await tellWorkStatuses(ctx);
  return names;
}

/** Queues that no other worker takes runs of are not ready any more. */
async function forgetPolls(tx: Transaction, poolId: string): Promise<void> {
  await tx.query(sql`
    UPDATE work_queue q SET polled_at = now() - ${readySeconds + 1} * interval '1 second'
    WHERE q.work_pool_id = ${poolId}::uuid AND q.polled_at IS NOT NULL AND NOT EXISTS (
      SELECT FROM runner w WHERE w.work_pool_id = q.work_pool_id
        AND w.heartbeat_at > now() - ${readySeconds} * interval '1 second'
        AND (cardinality(w.work_queue_ids) = 0 OR q.id = ANY(w.work_queue_ids)))`);
}

async function isServed(tx: Transaction, deploymentId: string): Promise<boolean> {
  const others = await tx.query(sql`
    SELECT 1 FROM runner WHERE ${deploymentId}::uuid = ANY(deployment_ids)
      AND heartbeat_at > now() - ${onlineSeconds} * interval '1 second' LIMIT 1`);
  return others.length > 0;
}
