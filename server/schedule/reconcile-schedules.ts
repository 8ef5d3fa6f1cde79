import sql from "sql-template-tag";
import { jsonEquals } from "../../core/json.ts";
import { matchSchedules, scheduleTimingText } from "../../core/schedule/match-schedules.ts";
import type { ScheduleDefinition } from "../../core/schedule/schedule.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { type ScheduleRow, type Stored, scheduleColumns, storedAs, timesOf } from "./row.ts";
import { activeSchedules, announceRunsAhead, deleteRunsAhead } from "./runs-ahead.ts";
import { insertSchedule, markDeleted, updateSchedule } from "./write-schedule.ts";

/** What became of the schedules of a deployment, each in words such as `cron 0 9 * * * (Europe/Berlin)`. */
export interface ScheduleChanges {
  created: string[];
  updated: string[];
  unchanged: string[];
  removed: string[];
}

export interface SchedulesReconciled {
  changes: ScheduleChanges;
  /** Whether any of them is another now. */
  changed: boolean;
  /** For after the commit. */
  committed: () => void;
}

/**
 * Makes a deployment's schedules exactly those of its definition, in the caller's transaction, which holds the deployment. One that is as it was
 * keeps its id; whether it is active stays as somebody put it, unless the definition says. Runs made ahead of what has changed are
 * deleted: all of them where the deployment itself has. Schedules that were made beside the definition are left alone.
 */
export async function reconcileSchedules(
  tx: Transaction,
  ctx: Context,
  deployment: { id: string; changed: boolean },
  definitions: readonly ScheduleDefinition[],
): Promise<SchedulesReconciled> {
  const rows = await tx.query<ScheduleRow & { now: Date; hasQueue: boolean }>(sql`
    SELECT ${scheduleColumns}, d.work_queue_id IS NOT NULL AS has_queue FROM schedule s JOIN deployment d ON d.id = s.deployment_id
    WHERE s.deployment_id = ${deployment.id}::uuid AND s.deleted_at IS NULL AND NOT s.by_hand ORDER BY s.place, s.id`);
  const [clock] = await tx.query<{ now: Date }>(sql`SELECT clock_timestamp() AS now`);
  const now = clock?.now ?? ctx.now();
  const matched = matchSchedules(
    rows.map((row) => ({ ...timesOf(row), parameters: row.parameters, place: row.place, row })),
    definitions,
  );
  const changes: ScheduleChanges = { created: [], updated: [], unchanged: [], removed: [] };
  const anew: string[] = [];
  for (const [place, definition] of definitions.entries()) {
    const row = matched[place]?.row ?? null;
    const stored = storedAs(definition, row, now);
    if (row === null) {
      await insertSchedule(
        tx,
        { id: ctx.newId(), deploymentId: deployment.id, place, byHand: false },
        stored,
      );
      changes.created.push(textOf(definition));
      continue;
    }
    // Workers run it then: it waits for nobody who serves it.
    if (row.hasQueue && stored.stopped) Object.assign(stored, { active: true, stopped: false });
    const change = whatChanged(row, stored);
    if (change === "nothing" && row.place === place) {
      changes.unchanged.push(textOf(definition));
      continue;
    }
    await updateSchedule(tx, row.id, stored, place);
    (change === "nothing" ? changes.unchanged : changes.updated).push(textOf(definition));
    if (change === "its runs") anew.push(row.id);
  }
  const kept = new Set(matched.map((one) => one?.row.id));
  const gone = rows.filter(({ id }) => !kept.has(id));
  changes.removed.push(...gone.map((row) => textOf(timesOf(row))));
  if (deployment.changed) anew.push(...(await activeSchedules(tx, [deployment.id])));
  const deleted = await deleteRunsAhead(tx, [...new Set([...anew, ...gone.map(({ id }) => id)])]);
  await markDeleted(
    tx,
    gone.map(({ id }) => id),
  );
  return {
    changes,
    changed: changes.created.length + changes.updated.length + changes.removed.length > 0,
    committed: () => announceRunsAhead(ctx, deleted),
  };
}

function textOf({ timing, timezone }: Pick<ScheduleDefinition, "timing" | "timezone">): string {
  return `${scheduleTimingText(timing)} (${timezone})`;
}

/** Whether another schedule comes of it, and whether its runs would be others. */
export function whatChanged(row: ScheduleRow, stored: Stored): "nothing" | "itself" | "its runs" {
  const times = ["cron", "interval", "rrule", "timezone", "active"] as const;
  const sameTimes =
    times.every((field) => row[field] === stored[field]) &&
    row.anchor?.getTime() === stored.anchor?.getTime();
  if (!sameTimes || !jsonEquals(row.parameters, stored.parameters)) return "its runs";
  const rest = ["maxLateRuns", "catchUp", "stopped"] as const;
  return rest.every((field) => row[field] === stored[field]) ? "nothing" : "itself";
}
