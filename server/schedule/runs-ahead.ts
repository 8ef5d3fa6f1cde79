import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";

/**
 * Deletes the runs that schedules have made ahead, and has them made anew from now on. Only those go that wait for their first start at a
 * time to come; what is late, was begun, or waits under another name stays. The caller's transaction holds the deployments.
 *
 * @returns the deleted runs' ids; after the commit the caller calls `announceRunsAhead`
 */
export async function deleteRunsAhead(tx: Executor, scheduleIds: readonly string[]): Promise<string[]> {
  if (scheduleIds.length === 0) return [];
  const ids = [...scheduleIds];
  await tx.query(sql`
    UPDATE schedule SET made_until = NULL, due_at = clock_timestamp() WHERE id = ANY(${ids}::uuid[])`);
  // Whoever holds a run that is to come makes something else of it: it is theirs.
  const deleted = await tx.query<{ id: string }>(sql`
    DELETE FROM flow_run WHERE id IN (
      SELECT r.id FROM flow_run r WHERE r.schedule_id = ANY(${ids}::uuid[]) AND r.auto_scheduled
        AND r.state_type = 'SCHEDULED' AND r.state_name = 'Scheduled' AND r.run_count = 0 AND r.lease_until IS NULL
        AND r.scheduled_for > clock_timestamp()
      FOR UPDATE SKIP LOCKED)
    RETURNING id`);
  return deleted.map(({ id }) => id);
}

/** Wakes whom deleted runs concern, and who makes runs of schedules. */
export function announceRunsAhead(ctx: Context, deleted: readonly string[]): void {
  for (const id of deleted) ctx.bus.notify(`run:${id}`, `inputs:${id}`);
  if (deleted.length > 0) ctx.bus.notify("flow-runs");
  ctx.bus.notify("schedules");
}

/** The ids of the active schedules of deployments. */
export async function activeSchedules(tx: Executor, deploymentIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(sql`
    SELECT id FROM schedule WHERE deployment_id = ANY(${[...deploymentIds]}::uuid[]) AND active AND deleted_at IS NULL`);
  return rows.map(({ id }) => id);
}
