import sql, { type Sql } from "sql-template-tag";
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
 * Its other runs stay; nothing can begin or resume them, until one of its name is registered for the flow again.
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
  const runs = await lockRuns(tx, id, sql`FOR NO KEY UPDATE`);
  const [deployment] = await readTold(tx, sql`d.id = ${id}::uuid FOR NO KEY UPDATE OF d`);
  if (deployment === undefined) return null;
  const owned: NewEvent[] = [];
  for (const row of await lockOwnedAutomations(tx, ownerResource(deployment.id)))
    owned.push(await markDeleted(tx, ctx, row, storedAutomation(row)));
  const deleted = await letGo(tx, runs);
  // Whoever makes a run has the order of changes before it refers to the deployment: from here on nobody does.
  await tx.query(sql`SELECT next_flow_run_position()`);
  deleted.push(...(await letGo(tx, await lockRuns(tx, id, sql`FOR NO KEY UPDATE SKIP LOCKED`))));
  const others = await tx.query(sql`SELECT FROM flow_run WHERE deployment_id = ${id}::uuid LIMIT 1`);
  if (others.length > 0) throw new RunsCame();
  await tx.query(sql`DELETE FROM deployment WHERE id = ${id}::uuid`);
  const event = toldDeployment(ctx, deployment, { verb: "deleted" });
  tx.last(owned.length === 0 ? appendEvents([event]) : appendVersions([...owned, event]));
  return { id: deployment.id, runs: deleted };
}

/** A run of the deployment, and whether it waits for its first start. */
interface OwnRun {
  id: string;
  waits: boolean;
}

function lockRuns(tx: Transaction, deploymentId: string, lock: Sql): Promise<OwnRun[]> {
  return tx.query<OwnRun>(sql`
    SELECT id, state_type = 'SCHEDULED' AND state_name <> ${awaitingSlot} AND run_count = 0 AND lease_until IS NULL AS waits
    FROM flow_run WHERE deployment_id = ${deploymentId}::uuid ORDER BY id ${lock}`);
}

/** Deletes those of locked runs that wait for their first start; the others keep no more of the deployment than its name. */
async function letGo(tx: Transaction, runs: readonly OwnRun[]): Promise<string[]> {
  const idsOf = (some: readonly OwnRun[]) => some.map(({ id }) => id);
  const waiting = idsOf(runs.filter(({ waits }) => waits));
  const others = idsOf(runs.filter(({ waits }) => !waits));
  if (waiting.length > 0) await tx.query(sql`DELETE FROM flow_run WHERE id = ANY(${waiting}::uuid[])`);
  if (others.length > 0) {
    await tx.query(sql`
      UPDATE flow_run r SET gone_deployment = d.name, deployment_id = NULL, schedule_id = NULL, work_queue_id = NULL
      FROM deployment d WHERE d.id = r.deployment_id AND r.id = ANY(${others}::uuid[])`);
  }
  return waiting;
}

/** A run was made between its looking at the runs and its holding up new ones, and somebody has it who may wait for the deployment. */
class RunsCame extends Error {}
const runsCame = Symbol("runs came");

function ifRunsCame(error: unknown): typeof runsCame {
  if (error instanceof RunsCame) return runsCame;
  throw error;
}
