import sql from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import { workEvent } from "../../core/work-pool/work-event.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { appendEvents } from "../event/append-events.ts";
import { defaultQueue } from "./create-work-pool.ts";
import { type PoolRow, poolColumns, type QueueRow, queueColumns, toldPool, toldQueue } from "./row.ts";

/**
 * Deletes a pool with its queues and forgets its workers. Runs that were made in it keep all else.
 *
 * @returns the ids deleted: none where there was none
 * @throws InvalidInputError where deployments are in it: nobody would run them
 */
export async function deleteWorkPool(ctx: Context, { id }: { id: string }): Promise<string[]> {
  if (!isId(id)) return [];
  const deleted = await ctx.db.transaction(async (tx) => {
    // Whoever puts a deployment into it waits, and then does not find it.
    const [pool] = await tx.query<PoolRow>(
      sql`SELECT ${poolColumns} FROM work_pool p WHERE p.id = ${id}::uuid FOR UPDATE OF p`,
    );
    if (pool === undefined) return [];
    const queues = await tx.query<QueueRow>(sql`
      SELECT ${queueColumns} FROM work_queue q JOIN work_pool p ON p.id = q.work_pool_id
      WHERE p.id = ${id}::uuid ORDER BY q.id FOR UPDATE OF q`);
    const ids = queues.map((queue) => queue.id);
    await refuseUsed(tx, `work pool ${JSON.stringify(pool.name)}`, ids);
    await tx.query(sql`DELETE FROM work_pool WHERE id = ${pool.id}::uuid`);
    const made = () => ({ id: ctx.newId(), at: pool.at });
    tx.last(
      appendEvents([
        ...queues.map((queue) => workEvent(made(), toldQueue(queue), { verb: "deleted" })),
        workEvent(made(), toldPool(pool), { verb: "deleted" }),
      ]),
    );
    return [pool.id];
  });
  if (deleted.length > 0) ctx.bus.notify("events");
  return deleted;
}

/**
 * Deletes a queue. Runs that wait in it go to the pool's default one.
 *
 * @returns the ids deleted: none where there was none
 * @throws InvalidInputError for the default queue, and where deployments are in it
 */
export async function deleteWorkQueue(ctx: Context, { id }: { id: string }): Promise<string[]> {
  if (!isId(id)) return [];
  const deleted = await ctx.db.transaction(async (tx) => {
    const [queue] = await tx.query<QueueRow>(sql`
      SELECT ${queueColumns} FROM work_queue q JOIN work_pool p ON p.id = q.work_pool_id
      WHERE q.id = ${id}::uuid FOR UPDATE OF q`);
    if (queue === undefined) return [];
    const name = `work queue ${JSON.stringify(`${queue.pool.name}/${queue.name}`)}`;
    if (queue.name === defaultQueue)
      throw InvalidInputError.of(`${name} is where the pool's runs go by default: delete the pool`);
    await refuseUsed(tx, name, [queue.id]);
    await tx.query(sql`
      UPDATE flow_run SET work_queue_id = (SELECT d.id FROM work_queue d WHERE d.work_pool_id = ${queue.pool.id}::uuid AND d.name = ${defaultQueue})
      WHERE work_queue_id = ${queue.id}::uuid AND ended_at IS NULL`);
    await tx.query(sql`DELETE FROM work_queue WHERE id = ${queue.id}::uuid`);
    const made = { id: ctx.newId(), at: queue.at };
    tx.last(appendEvents([workEvent(made, toldQueue(queue), { verb: "deleted" })]));
    return [queue.id];
  });
  if (deleted.length > 0) ctx.bus.notify("events", "claimable");
  return deleted;
}

const mostNamed = 5;

async function refuseUsed(tx: Executor, what: string, queueIds: string[]): Promise<void> {
  const used = await tx.query<{ name: string }>(sql`
    SELECT f.name || '/' || d.name AS name FROM deployment d JOIN flow f ON f.id = d.flow_id
    WHERE d.work_queue_id = ANY(${queueIds}::uuid[]) ORDER BY 1 LIMIT ${mostNamed + 1}`);
  if (used.length === 0) return;
  const names = used.slice(0, mostNamed).map(({ name }) => JSON.stringify(name));
  if (used.length > mostNamed) names.push("…");
  throw InvalidInputError.of(
    `${what} has deployments: ${names.join(", ")}; delete them or deploy them elsewhere first`,
  );
}
