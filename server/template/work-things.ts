import sql from "sql-template-tag";
import { type TemplateValue, Thing } from "../../core/template/value.ts";
import type { Executor } from "../db.ts";
import type { PoolRow, QueueRow } from "../work-pool/row.ts";
import { poolColumns, queueColumns, statusOf } from "../work-pool/row.ts";

interface Times {
  createdAt: Date;
  updatedAt: Date;
}

/** A work pool as templates see it; null where it is gone. */
export async function loadWorkPool(db: Executor, id: string): Promise<TemplateValue> {
  const [pool] = await db.query<PoolRow & Times & { polledAt: Date | null }>(sql`
    SELECT ${poolColumns}, p.created_at, p.updated_at,
      (SELECT max(q.polled_at) FROM work_queue q WHERE q.work_pool_id = p.id) AS polled_at
    FROM work_pool p WHERE p.id = ${id}::uuid`);
  if (pool === undefined) return null;
  return new Thing("work-pool", {
    id: pool.id,
    name: pool.name,
    type: pool.type,
    description: pool.description,
    is_paused: pool.paused,
    concurrency_limit: pool.concurrencyLimit,
    status: statusOf(pool),
    last_polled: pool.polledAt,
    created: pool.createdAt,
    updated: pool.updatedAt,
  });
}

/** A work queue with its health (actions.md 3.2): it is healthy where it is polled and none of its runs is late. */
export async function loadWorkQueue(db: Executor, id: string): Promise<TemplateValue> {
  const [queue] = await db.query<QueueRow & Times & { polledAt: Date | null; lateRuns: number }>(sql`
    SELECT ${queueColumns}, q.polled_at, q.created_at, q.updated_at,
      (SELECT count(*) FROM flow_run r WHERE r.work_queue_id = q.id AND r.state_type = 'SCHEDULED' AND r.state_name = 'Late') AS late_runs
    FROM work_queue q JOIN work_pool p ON p.id = q.work_pool_id WHERE q.id = ${id}::uuid`);
  if (queue === undefined) return null;
  return new Thing("work-queue", {
    id: queue.id,
    name: queue.name,
    description: queue.description,
    work_pool_id: queue.pool.id,
    work_pool_name: queue.pool.name,
    is_paused: queue.paused,
    priority: queue.priority,
    concurrency_limit: queue.concurrencyLimit,
    status: statusOf(queue),
    healthy: queue.online && queue.lateRuns === 0,
    late_runs_count: queue.lateRuns,
    last_polled: queue.polledAt,
    created: queue.createdAt,
    updated: queue.updatedAt,
  });
}
