import sql from "sql-template-tag";
import type { Executor } from "../db.ts";
import type { Stored } from "./row.ts";

/** Stores a new schedule, of which runs are made from now on. */
export async function insertSchedule(
  tx: Executor,
  { id, deploymentId, place, byHand }: { id: string; deploymentId: string; place: number; byHand: boolean },
  stored: Stored,
): Promise<void> {
  await tx.query(sql`
    INSERT INTO schedule (id, deployment_id, place, cron, interval, rrule, anchor, timezone, active, parameters, max_late_runs,
      catch_up, by_hand, stopped, due_at)
    VALUES (${id}::uuid, ${deploymentId}::uuid, ${place}, ${stored.cron}, ${stored.interval}, ${stored.rrule}, ${stored.anchor},
      ${stored.timezone}, ${stored.active}, ${JSON.stringify(stored.parameters)}::json, ${stored.maxLateRuns}, ${stored.catchUp},
      ${byHand}, ${stored.stopped}, clock_timestamp())`);
}

/** Stores what a schedule is now; what that means for its runs is the caller's to see to. */
export async function updateSchedule(tx: Executor, id: string, stored: Stored, place: number): Promise<void> {
  await tx.query(sql`
    UPDATE schedule SET place = ${place}, cron = ${stored.cron}, interval = ${stored.interval}, rrule = ${stored.rrule},
      anchor = ${stored.anchor}, timezone = ${stored.timezone}, active = ${stored.active},
      parameters = ${JSON.stringify(stored.parameters)}::json, max_late_runs = ${stored.maxLateRuns}, catch_up = ${stored.catchUp},
      stopped = ${stored.stopped}, updated_at = now()
    WHERE id = ${id}::uuid`);
}

/** Schedules that are gone. Their rows stay until no run refers to them: deleting one would wait for whoever holds such a run. */
export async function markDeleted(tx: Executor, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(sql`
    UPDATE schedule SET active = false, stopped = false, deleted_at = now(), updated_at = now() WHERE id = ANY(${[...ids]}::uuid[])`);
}
