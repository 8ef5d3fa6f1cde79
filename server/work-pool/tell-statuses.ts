import sql, { type Sql } from "sql-template-tag";
import type { NewEvent } from "../../core/event/new-event.ts";
import { workEvent } from "../../core/work-pool/work-event.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { appendEvents } from "../event/append-events.ts";
import {
  type PoolRow,
  poolColumns,
  poolOnline,
  type QueueRow,
  queueColumns,
  queueOnline,
  statusOf,
  toldPool,
  toldQueue,
} from "./row.ts";

const status = (row: Sql, online: Sql) =>
  sql`CASE WHEN ${row}.paused THEN 'PAUSED' WHEN ${online} THEN 'READY' ELSE 'NOT_READY' END`;
const poolStatus = status(sql`p`, poolOnline);
const queueStatus = status(sql`q`, queueOnline);

/**
 * Tells of every pool and queue whose status is another one than was told last: each change one event, in the transaction that
 * stores it. Several servers may do so at once; each change is told by one of them.
 */
export async function tellWorkStatuses(ctx: Context): Promise<undefined> {
  const [some] = await ctx.db.query<{ some: boolean }>(sql`
    SELECT EXISTS (SELECT FROM work_pool p WHERE p.told_status <> ${poolStatus})
      OR EXISTS (SELECT FROM work_queue q WHERE q.told_status <> ${queueStatus}) AS some`);
  if (!some?.some) return;
  const told = await ctx.db.transaction(async (tx) => {
    const events = [...(await tellPools(tx, ctx)), ...(await tellQueues(tx, ctx))];
    if (events.length > 0) tx.last(appendEvents(events));
    return events.length > 0;
  });
  if (told) ctx.bus.notify("events");
}

async function tellPools(tx: Executor, ctx: Context): Promise<NewEvent[]> {
  const rows = await tx.query<PoolRow>(sql`
    SELECT ${poolColumns} FROM work_pool p WHERE p.told_status <> ${poolStatus} ORDER BY p.id FOR NO KEY UPDATE OF p SKIP LOCKED`);
  for (const row of rows)
    await tx.query(sql`UPDATE work_pool SET told_status = ${statusOf(row)} WHERE id = ${row.id}::uuid`);
  return rows.map((row) =>
    workEvent({ id: ctx.newId(), at: row.at }, toldPool(row), { verb: "status", status: statusOf(row) }),
  );
}

async function tellQueues(tx: Executor, ctx: Context): Promise<NewEvent[]> {
  const rows = await tx.query<QueueRow>(sql`
    SELECT ${queueColumns} FROM work_queue q JOIN work_pool p ON p.id = q.work_pool_id
    WHERE q.told_status <> ${queueStatus} ORDER BY q.id FOR NO KEY UPDATE OF q SKIP LOCKED`);
  for (const row of rows)
    await tx.query(sql`UPDATE work_queue SET told_status = ${statusOf(row)} WHERE id = ${row.id}::uuid`);
  return rows.map((row) =>
    workEvent({ id: ctx.newId(), at: row.at }, toldQueue(row), { verb: "status", status: statusOf(row) }),
  );
}
