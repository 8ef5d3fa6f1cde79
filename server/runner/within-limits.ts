import sql from "sql-template-tag";
import type { RunLimit } from "../../core/flow-run/over-limit.ts";
import type { Transaction } from "../db.ts";
import type { Run } from "../flow-run/run.ts";
import { holdsSlot } from "./due.ts";

/** A run that does not begin, since its deployment has as many under way as it may. */
export interface PassedOver {
  run: Run;
  limit: RunLimit;
}

/**
 * Parts runs that the transaction has locked into those that may begin, in their order, and those that are beyond the limit of
 * their deployment. Whoever begins runs of a limited deployment holds it from here on: nobody gives the same slot away.
 */
export async function withinLimits(
  tx: Transaction,
  due: readonly Run[],
): Promise<{ taken: Run[]; over: PassedOver[] }> {
  const ids = [...new Set(due.flatMap(({ deploymentId }) => deploymentId ?? []))];
  const limited = await tx.query<{ id: string } & RunLimit>(sql`
    SELECT id, concurrency_limit AS most, collision_strategy = 'CANCEL_NEW' AS cancels_new FROM deployment
    WHERE id = ANY(${ids}::uuid[]) AND concurrency_limit IS NOT NULL ORDER BY id FOR NO KEY UPDATE`);
  if (limited.length === 0) return { taken: [...due], over: [] };
  // A statement of its own: it sees what the one before has waited for.
  const held = await tx.query<{ id: string; runs: number }>(sql`
    SELECT r.deployment_id AS id, count(*) AS runs FROM flow_run r
    WHERE r.deployment_id = ANY(${limited.map(({ id }) => id)}::uuid[]) AND ${holdsSlot} GROUP BY r.deployment_id`);
  const limits = new Map(limited.map(({ id, ...limit }) => [id, limit]));
  const underWay = new Map(held.map(({ id, runs }) => [id, runs]));
  const parted: { taken: Run[]; over: PassedOver[] } = { taken: [], over: [] };
  for (const run of due) {
    const limit = limits.get(run.deploymentId ?? "");
    const runs = underWay.get(run.deploymentId ?? "") ?? 0;
    if (limit !== undefined && runs >= limit.most) parted.over.push({ run, limit });
    else {
      parted.taken.push(run);
      underWay.set(run.deploymentId ?? "", runs + 1);
    }
  }
  return parted;
}
