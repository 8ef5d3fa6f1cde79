import sql from "sql-template-tag";
import type { NewEvent } from "../../core/event/new-event.ts";
import { awaitingSlot } from "../../core/flow-run/over-limit.ts";
import { isId } from "../../core/id.ts";
import { appendVersions } from "../automation/append-versions.ts";
import { lockOwnedAutomations, storedAutomation } from "../automation/row.ts";
import { markDeleted } from "../automation/write-version.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";
import { appendEvents } from "../event/append-events.ts";
import { ownerResource } from "./stopped-triggers.ts";
import { readTold, toldDeployment } from "./told-deployment.ts";

const mostTries = 20;

/**
 * Deletes a deployment with its schedules, the automations that it owns, and those of its runs that wait for their first start.
 * Its other runs stay; nothing can begin or resume them any more.
 *
 * @returns the ids deleted: none where there was none
 */
export async function deleteDeployment(ctx: Context, id: string): Promise<string[]> {
  if (!isId(id)) return [];
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const deleted = await ctx.db.transaction((tx) => tryDelete(tx, ctx, id)).catch(ifRunsCame);
    if (deleted === null) return [];
    if (deleted === runsCame) continue;
    for (const run of deleted.runs) ctx.bus.notify(`run:${run}`, `inputs:${run}`);
    ctx.bus.notify("events", "flow-runs");
    return [deleted.id];
  }
  throw new Error(`deployment ${id} could not be deleted: runs of it were made all the time`);
}

async function tryDelete(
  tx: Transaction,
  ctx: Context,
  id: string,
): Promise<{ id: string; runs: string[] } | null> {
  const runs = await tx.query<{ id: string; waits: boolean }>(sql`
    SELECT id, state_type = 'SCHEDULED' AND state_name <> ${awaitingSlot} AND run_count = 0 AND lease_until IS NULL AS waits
    FROM flow_run WHERE deployment_id = ${id}::uuid ORDER BY id FOR NO KEY UPDATE`);
  const [deployment] = await readTold(tx, sql`d.id = ${id}::uuid FOR NO KEY UPDATE OF d`);
  if (deployment === undefined) return null;
  const owned: NewEvent[] = [];
  for (const row of await lockOwnedAutomations(tx, ownerResource(deployment.id)))
    owned.push(await markDeleted(tx, ctx, row, storedAutomation(row)));
  const waiting = runs.filter(({ waits }) => waits).map((run) => run.id);
  await tx.query(sql`DELETE FROM flow_run WHERE id = ANY(${waiting}::uuid[])`);
  await tx.query(sql`
    UPDATE flow_run SET deployment_id = NULL, schedule_id = NULL, work_queue_id = NULL WHERE deployment_id = ${id}::uuid AND id = ANY(${runs.map((run) => run.id)}::uuid[])`);
  // Whoever makes a run has the order of changes before it refers to the deployment: from here on nobody does.
  await tx.query(sql`SELECT next_flow_run_position()`);
  const others = await tx.query(sql`SELECT FROM flow_run WHERE deployment_id = ${id}::uuid LIMIT 1`);
  if (others.length > 0) throw new RunsCame();
  await tx.query(sql`DELETE FROM deployment WHERE id = ${id}::uuid`);
  const event = toldDeployment(ctx, deployment, { verb: "deleted" });
  tx.last(owned.length === 0 ? appendEvents([event]) : appendVersions([...owned, event]));
  return { id: deployment.id, runs: waiting };
}

/** Between its looking at the runs and its holding up new ones, one was made: it would have to wait for whoever has that one. */
class RunsCame extends Error {}
const runsCame = Symbol("runs came");

function ifRunsCame(error: unknown): typeof runsCame {
  if (error instanceof RunsCame) return runsCame;
  throw error;
}
