import sql from "sql-template-tag";
import { NotFoundError } from "../../core/error.ts";
import type { ToldQueue } from "../../core/flow-run/told-run.ts";
import { isId } from "../../core/id.ts";
import type { Json } from "../../core/json.ts";
import type { WorkStatus } from "../../core/work-pool/status.ts";
import { readySeconds } from "../../core/work-pool/status.ts";
import type { ToldWork } from "../../core/work-pool/work-event.ts";
import type { Executor } from "../db.ts";

/** A pool as it is changed. */
export interface PoolRow {
  id: string;
  name: string;
  type: string;
  description: string | null;
  paused: boolean;
  concurrencyLimit: number | null;
  variablesSchema: Json;
  toldStatus: WorkStatus;
  /** The status that it has, or would have if it were not paused. */
  online: boolean;
  at: Date;
}

/** A queue as it is changed. */
export interface QueueRow {
  id: string;
  name: string;
  description: string | null;
  paused: boolean;
  priority: number;
  concurrencyLimit: number | null;
  toldStatus: WorkStatus;
  online: boolean;
  pool: ToldQueue["pool"];
  at: Date;
}

/** Whether a worker of the pool `p` was heard of lately. */
export const poolOnline = sql`EXISTS (SELECT FROM runner w WHERE w.work_pool_id = p.id
  AND w.heartbeat_at > now() - ${readySeconds} * interval '1 second')`;

/** Whether a worker has asked for the runs of the queue `q` lately. */
export const queueOnline = sql`COALESCE(q.polled_at > now() - ${readySeconds} * interval '1 second', false)`;

/** Every column of a `PoolRow`; `p` is the pool. */
export const poolColumns = sql`p.id, p.name, p.type, p.description, p.paused, p.concurrency_limit, p.variables_schema, p.told_status,
  ${poolOnline} AS online, clock_timestamp() AS at`;

/** Every column of a `QueueRow`; `q` is the queue, `p` its pool. */
export const queueColumns = sql`q.id, q.name, q.description, q.paused, q.priority, q.concurrency_limit, q.told_status,
  ${queueOnline} AS online, json_build_object('id', p.id, 'name', p.name, 'type', p.type) AS pool, clock_timestamp() AS at`;

/**
 * The pool, held until the transaction ends. Not FOR UPDATE: who makes a run or a queue of it holds the log when its
 * reference is checked.
 *
 * @throws NotFoundError
 */
export async function lockPool(tx: Executor, id: string): Promise<PoolRow> {
  const [pool] = isId(id)
    ? await tx.query<PoolRow>(
        sql`SELECT ${poolColumns} FROM work_pool p WHERE p.id = ${id}::uuid FOR NO KEY UPDATE OF p`,
      )
    : [];
  if (pool === undefined) throw new NotFoundError("work pool", id);
  return pool;
}

/** The queue, held likewise. @throws NotFoundError */
export async function lockQueue(tx: Executor, id: string): Promise<QueueRow> {
  const [queue] = isId(id)
    ? await tx.query<QueueRow>(sql`
        SELECT ${queueColumns} FROM work_queue q JOIN work_pool p ON p.id = q.work_pool_id
        WHERE q.id = ${id}::uuid FOR NO KEY UPDATE OF q`)
    : [];
  if (queue === undefined) throw new NotFoundError("work queue", id);
  return queue;
}

/** The status that goes with the row. */
export function statusOf({ paused, online }: { paused: boolean; online: boolean }): WorkStatus {
  return paused ? "PAUSED" : online ? "READY" : "NOT_READY";
}

export function toldPool({ id, name, type }: PoolRow): ToldWork {
  return { kind: "work-pool", pool: { id, name, type } };
}

export function toldQueue({ id, name, pool }: QueueRow): ToldWork {
  return { kind: "work-queue", queue: { id, name, pool } };
}
