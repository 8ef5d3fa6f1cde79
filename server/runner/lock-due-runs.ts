import sql from "sql-template-tag";
import type { Executor } from "../db.ts";
import { type Run, runColumns } from "../flow-run/run.ts";
import type { ClaimSource } from "./claim-source.ts";
import { due, holdsSlot } from "./due.ts";

/** Due runs that nobody else is taking, in the order in which they begin, locked until the transaction ends. */
export async function lockDueRuns(tx: Executor, source: ClaimSource, limit: number): Promise<Run[]> {
  if (source.kind === "served") {
    return tx.query<Run>(sql`
      SELECT ${runColumns} FROM flow_run r
      WHERE r.deployment_id = ANY(${[...source.deploymentIds]}::uuid[]) AND r.work_queue_id IS NULL AND ${due}
      ORDER BY r.scheduled_for, r.id LIMIT ${limit} FOR UPDATE OF r SKIP LOCKED`);
  }
  // Workers of a limited pool count and take one after the other, so that no two of them give the same slot away.
  if (await hasLimits(tx, source.poolId))
    await tx.query(sql`SELECT FROM work_pool WHERE id = ${source.poolId}::uuid FOR NO KEY UPDATE`);
  // What others are taking is skipped, so that further ones have to be looked at.
  for (let most = limit; ; most *= 8) {
    const chosen = await choose(tx, source, most);
    const runs = chosen.length === 0 ? [] : await lock(tx, chosen, limit);
    if (runs.length >= limit || chosen.length < most) return runs;
  }
}

type PoolSource = Extract<ClaimSource, { kind: "pool" }>;

async function hasLimits(tx: Executor, poolId: string): Promise<boolean> {
  const [pool] = await tx.query<{ limited: boolean }>(sql`
    SELECT p.concurrency_limit IS NOT NULL OR EXISTS (
      SELECT FROM work_queue q WHERE q.work_pool_id = p.id AND q.concurrency_limit IS NOT NULL) AS limited
    FROM work_pool p WHERE p.id = ${poolId}::uuid`);
  return pool?.limited ?? false;
}

/**
 * The runs that come first, within the free slots of the pool and its queues. Of each queue only the first ones are looked at,
 * however many wait in it.
 */
async function choose(tx: Executor, { poolId, queueIds }: PoolSource, most: number): Promise<string[]> {
  const ids = [...queueIds];
  const chosen = await tx.query<{ id: string }>(sql`
    WITH queue AS MATERIALIZED (
      SELECT q.id, q.priority, CASE WHEN q.concurrency_limit IS NULL THEN ${most}::bigint ELSE LEAST(${most}::bigint, q.concurrency_limit
        - (SELECT count(*) FROM flow_run r WHERE r.work_queue_id = q.id AND ${holdsSlot})) END AS free
      FROM work_queue q JOIN work_pool p ON p.id = q.work_pool_id
      WHERE p.id = ${poolId}::uuid AND NOT p.paused AND NOT q.paused
        AND (cardinality(${ids}::uuid[]) = 0 OR q.id = ANY(${ids}::uuid[]))
    ), pool AS MATERIALIZED (
      SELECT CASE WHEN p.concurrency_limit IS NULL THEN ${most}::bigint ELSE LEAST(${most}::bigint, p.concurrency_limit
        - (SELECT count(*) FROM flow_run r JOIN work_queue o ON o.id = r.work_queue_id
          WHERE o.work_pool_id = p.id AND ${holdsSlot})) END AS free
      FROM work_pool p WHERE p.id = ${poolId}::uuid
    )
    SELECT r.id FROM queue CROSS JOIN LATERAL (
      SELECT r.id, r.scheduled_for FROM flow_run r WHERE r.work_queue_id = queue.id AND ${due}
      ORDER BY r.scheduled_for, r.id LIMIT GREATEST(queue.free, 0)) r
    ORDER BY queue.priority, r.scheduled_for, r.id LIMIT GREATEST((SELECT free FROM pool), 0)`);
  return chosen.map(({ id }) => id);
}

/** Those that nobody else is taking, in this order, and that are still due. */
function lock(tx: Executor, ids: readonly string[], limit: number): Promise<Run[]> {
  return tx.query<Run>(sql`
    SELECT ${runColumns} FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS chosen (id, place) JOIN flow_run r ON r.id = chosen.id
    WHERE ${due} ORDER BY chosen.place LIMIT ${limit} FOR UPDATE OF r SKIP LOCKED`);
}
