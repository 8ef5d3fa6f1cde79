import sql from "sql-template-tag";
import type { NewEvent } from "../../core/event/new-event.ts";
import { lockOwnedAutomations, storedAutomation } from "../automation/row.ts";
import { changeAutomation } from "../automation/write-version.ts";
import type { Context } from "../context.ts";
import type { Transaction } from "../db.ts";

/** The resource that a deployment's triggers belong to. */
export function ownerResource(deploymentId: string): string {
  return `prefect.deployment.${deploymentId}`;
}

/** What became of the triggers of deployments: their names, and the events that tell of it. */
export interface TriggersChanged {
  names: string[];
  events: NewEvent[];
}

/**
 * Pauses the triggers of a deployment that nobody serves any more. Each is marked with its revision: one that somebody pauses,
 * resumes or changes later is theirs from then on.
 */
export async function stopTriggers(
  tx: Transaction,
  ctx: Context,
  deploymentId: string,
): Promise<TriggersChanged> {
  const rows = await lockOwnedAutomations(tx, ownerResource(deploymentId));
  const watching = rows.filter(({ enabled }) => enabled);
  const events: NewEvent[] = [];
  for (const row of watching) {
    const automation = { ...storedAutomation(row), enabled: false };
    const because = { reason: "nobody serves its deployment any more" };
    events.push(await changeAutomation(tx, ctx, row, { automation, startsAfresh: false }, because));
  }
  await markStopped(
    tx,
    watching.map(({ id }) => id),
  );
  return { names: watching.map(({ name }) => name), events };
}

/**
 * Has those triggers of a deployment watch again that were paused because nobody served it.
 *
 * @param reason why they do
 */
export async function resumeTriggers(
  tx: Transaction,
  ctx: Context,
  deploymentId: string,
  reason = "its deployment is served again",
): Promise<TriggersChanged> {
  const rows = await lockOwnedAutomations(tx, ownerResource(deploymentId));
  const stopped = new Set((await stoppedTriggers(tx, deploymentId)).map(({ id }) => id));
  const resumed = rows.filter(({ id }) => stopped.has(id));
  const events: NewEvent[] = [];
  for (const row of resumed) {
    const automation = { ...storedAutomation(row), enabled: true };
    events.push(await changeAutomation(tx, ctx, row, { automation, startsAfresh: true }, { reason }));
  }
  return { names: resumed.map(({ name }) => name), events };
}

/** Those that are paused because nobody serves their deployment. */
export async function stoppedTriggers(
  tx: Transaction,
  deploymentId: string,
): Promise<{ id: string; name: string }[]> {
  return tx.query<{ id: string; name: string }>(sql`
    SELECT id, name FROM automation
    WHERE owner_resource = ${ownerResource(deploymentId)} AND deleted_at IS NULL AND NOT enabled
      AND stopped_revision = revision`);
}

/** Marks paused triggers as paused because nobody serves their deployment. */
export async function markStopped(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(sql`
    UPDATE automation SET stopped_revision = revision
    WHERE id = ANY(${[...ids]}::uuid[]) AND deleted_at IS NULL AND NOT enabled`);
}
