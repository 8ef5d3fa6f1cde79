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
  return (await hasLimits(tx, source.poolId))
    ? lockWithinLimits(tx, source, limit)
    : tx.query<Run>(sql`
        SELECT ${runColumns} FROM work_queue wq JOIN work_pool wp ON wp.id = wq.work_pool_id
        JOIN flow_run r ON r.work_queue_id = wq.id
        WHERE ${served(source)} AND ${due}
        ORDER BY wq.priority, r.scheduled_for, r.id LIMIT ${limit} FOR UPDATE OF r SKIP LOCKED`);
}

type PoolSource = Extract<ClaimSource, { kind: "pool" }>;

const served = ({
  poolId,
  queueIds,
}: PoolSource) => sql`wp.id = ${poolId}::uuid AND NOT wp.paused AND NOT wq.paused
  AND (cardinality(${[...queueIds]}::uuid[]) = 0 OR wq.id = ANY(${[...queueIds]}::uuid[]))`;

async function hasLimits(tx: Executor, poolId: string): Promise<boolean> {
  const [pool] = await tx.query<{ limited: boolean }>(sql`
    SELECT p.concurrency_limit IS NOT NULL OR EXISTS (
      SELECT FROM work_queue q WHERE q.work_pool_id = p.id AND q.concurrency_limit IS NOT NULL) AS limited
    FROM work_pool p WHERE p.id = ${poolId}::uuid`);
  return pool?.limited ?? false;
}

/** Workers of the pool count and take one after the other, so that no two of them give the same slot away. */
async function lockWithinLimits(tx: Executor, source: PoolSource, limit: number): Promise<Run[]> {
  await tx.query(sql`SELECT FROM work_pool WHERE id = ${source.poolId}::uuid FOR NO KEY UPDATE`);
  // A statement of its own: it sees what the one before has waited for.
  const chosen = await tx.query<{ id: string }>(sql`
    WITH queue AS MATERIALIZED (
      SELECT wq.id, wq.priority, LEAST(${limit}::bigint, wq.concurrency_limit
        - (SELECT count(*) FROM flow_run r WHERE r.work_queue_id = wq.id AND ${holdsSlot})) AS free
      FROM work_queue wq JOIN work_pool wp ON wp.id = wq.work_pool_id WHERE ${served(source)}
    ), pool AS MATERIALIZED (
      SELECT LEAST(${limit}::bigint, concurrency_limit - (SELECT count(*) FROM flow_run r JOIN work_queue o ON o.id = r.work_queue_id
        WHERE o.work_pool_id = p.id AND ${holdsSlot})) AS free
      FROM work_pool p WHERE p.id = ${source.poolId}::uuid
    )
    SELECT r.id FROM queue CROSS JOIN LATERAL (
      SELECT r.id, r.scheduled_for FROM flow_run r WHERE r.work_queue_id = queue.id AND ${due}
      ORDER BY r.scheduled_for, r.id LIMIT GREATEST(queue.free, 0)) r
    ORDER BY queue.priority, r.scheduled_for, r.id LIMIT GREATEST((SELECT free FROM pool), 0)`);
  if (chosen.length === 0) return [];
  const runs = await tx.query<Run>(sql`
    SELECT ${runColumns} FROM flow_run r WHERE r.id = ANY(${chosen.map(({ id }) => id)}::uuid[]) AND ${due}
    FOR UPDATE OF r SKIP LOCKED`);
  const place = new Map(chosen.map(({ id }, index) => [id, index]));
  return runs.sort((one, other) => (place.get(one.id) ?? 0) - (place.get(other.id) ?? 0));
}
