import sql from "sql-template-tag";
import { isId } from "../../core/id.ts";
import type { Executor } from "../db.ts";

/** Whose runs a runner takes: those of the deployments that it serves, or those of a pool that it works for. */
export type ClaimSource =
  | { kind: "served"; deploymentIds: readonly string[] }
  | { kind: "pool"; poolId: string /** None for all of them. */; queueIds: readonly string[] };

/** A runner that names no deployments is the worker of a pool, as it has registered; null where there is nothing to take. */
export async function claimSource(
  db: Executor,
  runnerId: string,
  deploymentIds: readonly string[] | null | undefined,
): Promise<ClaimSource | null> {
  const known = (deploymentIds ?? []).filter(isId);
  if (known.length > 0) return { kind: "served", deploymentIds: known };
  if (!isId(runnerId)) return null;
  const [worker] = await db.query<{ poolId: string; queueIds: string[] }>(sql`
    SELECT work_pool_id AS pool_id, work_queue_ids AS queue_ids FROM runner
    WHERE id = ${runnerId}::uuid AND work_pool_id IS NOT NULL`);
  return worker === undefined ? null : { kind: "pool", ...worker };
}
