import sql, { type Sql } from "sql-template-tag";
import type { NewEvent } from "../../core/event/new-event.ts";
import { type ToldWork, workEvent } from "../../core/work-pool/work-event.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { appendEvents } from "../event/append-events.ts";
import { lockPool, lockQueue, type PoolRow, type QueueRow, statusOf, toldPool, toldQueue } from "./row.ts";

/** A pool or a queue that was paused or resumed. */
export interface PausedWork {
  id: string;
  name: string;
  /** For the transaction's end; none where it was so already. */
  events: NewEvent[];
}

interface Pausing {
  id: string;
  paused: boolean;
  /** The automations that led to it. */
  chain?: readonly string[];
}

/**
 * Pauses a pool, or resumes it, in the caller's transaction, which holds it from then on: none of its runs begins until it is
 * resumed. Resumed it is READY where a worker is online, else NOT_READY (inputs 6.7).
 *
 * @throws NotFoundError
 */
export async function setWorkPoolPaused(tx: Executor, ctx: Context, change: Pausing): Promise<PausedWork> {
  const row = await lockPool(tx, change.id);
  return setPaused(tx, ctx, { row, table: sql`work_pool`, told: toldPool(row), change });
}

/** The same for a queue. @throws NotFoundError */
export async function setWorkQueuePaused(tx: Executor, ctx: Context, change: Pausing): Promise<PausedWork> {
  const row = await lockQueue(tx, change.id);
  return setPaused(tx, ctx, { row, table: sql`work_queue`, told: toldQueue(row), change });
}

interface Held {
  row: PoolRow | QueueRow;
  table: Sql;
  told: ToldWork;
  change: Pausing;
}

async function setPaused(
  tx: Executor,
  ctx: Context,
  { row, table, told, change }: Held,
): Promise<PausedWork> {
  const { id, name, at } = row;
  const { paused, chain } = change;
  if (row.paused === paused) return { id, name, events: [] };
  const status = statusOf({ ...row, paused });
  await tx.query(sql`
    UPDATE ${table} SET paused = ${paused}, told_status = ${status}, updated_at = now() WHERE id = ${id}::uuid`);
  return { id, name, events: [workEvent({ id: ctx.newId(), at, chain }, told, { verb: "status", status })] };
}

/** Either of them in a transaction of its own. @returns the id @throws NotFoundError */
export async function pauseWork(
  ctx: Context,
  set: typeof setWorkPoolPaused,
  change: { id: string; paused: boolean },
): Promise<string> {
  const { id, events } = await ctx.db.transaction(async (tx) => {
    const done = await set(tx, ctx, change);
    if (done.events.length > 0) tx.last(appendEvents(done.events));
    return done;
  });
  if (events.length > 0) ctx.bus.notify("events", "claimable");
  return id;
}
