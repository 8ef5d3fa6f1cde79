import sql from "sql-template-tag";
import type { NewEvent } from "../../core/event/new-event.ts";
import { isId } from "../../core/id.ts";
import { appendVersions } from "../automation/append-versions.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { stopTriggers } from "../deployment/stopped-triggers.ts";
import { onlineSeconds } from "./online.ts";
import { lockDeployments } from "./served-deployments.ts";

/**
 * Forgets a runner that stops. With `pauseTriggers`, the triggers of deployments that no other runner serves are paused until
 * one does.
 *
 * @returns the names of what was paused; none for a runner that is not known
 */
export async function stopRunner(
  ctx: Context,
  { id, pauseTriggers }: { id: string; pauseTriggers: boolean },
): Promise<string[]> {
  if (!isId(id)) return [];
  const { names, events } = await ctx.db.transaction(async (tx) => {
    const [runner] = await tx.query<{ deploymentIds: string[] }>(sql`
      SELECT deployment_ids FROM runner WHERE id = ${id}::uuid`);
    const deploymentIds = await lockDeployments(tx, runner?.deploymentIds ?? []);
    await tx.query(sql`DELETE FROM runner WHERE id = ${id}::uuid`);
    const paused: { names: string[]; events: NewEvent[] } = { names: [], events: [] };
    for (const deploymentId of pauseTriggers ? deploymentIds : []) {
      if (await isServed(tx, deploymentId)) continue;
      const stopped = await stopTriggers(tx, ctx, deploymentId);
      paused.names.push(...stopped.names);
      paused.events.push(...stopped.events);
    }
    if (paused.events.length > 0) tx.last(appendVersions(paused.events));
    return paused;
  });
  if (events.length > 0) ctx.bus.notify("events");
  return names;
}

async function isServed(tx: Transaction, deploymentId: string): Promise<boolean> {
  const others = await tx.query(sql`
    SELECT 1 FROM runner WHERE ${deploymentId}::uuid = ANY(deployment_ids)
      AND heartbeat_at > now() - ${onlineSeconds} * interval '1 second' LIMIT 1`);
  return others.length > 0;
}
