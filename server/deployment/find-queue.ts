import sql from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import type { Executor } from "../db.ts";

/** A pool by its name, and one of its queues; the one named `default` where none is named. */
export interface QueueNames {
  workPool?: string | null | undefined;
  workQueue?: string | null | undefined;
}

/**
 * The queue of these names, which stays until the transaction ends; null where no pool is named.
 *
 * @throws InvalidInputError where there is no such pool or queue, or where a queue is named without its pool
 */
export async function findQueue(db: Executor, names: QueueNames, path: string[]): Promise<string | null> {
  const { workPool, workQueue } = names;
  if (workPool == null) {
    if (workQueue == null) return null;
    throw InvalidInputError.at(
      [...path, "workQueue"],
      `the queue ${JSON.stringify(workQueue)} is one of a pool; name its \`workPool\` too`,
    );
  }
  // Postgres has no text with NUL: nothing is named so.
  const named = [workPool, workQueue ?? ""].every((name) => !name.includes("\0"));
  const queues = named
    ? await db.query<{ id: string; name: string }>(sql`
        SELECT q.id, q.name FROM work_queue q JOIN work_pool p ON p.id = q.work_pool_id
        WHERE p.name = ${workPool} ORDER BY q.name FOR KEY SHARE OF q`)
    : [];
  if (queues.length === 0) {
    throw InvalidInputError.at([...path, "workPool"], `there is no work pool ${JSON.stringify(workPool)}`);
  }
  const queue = queues.find(({ name }) => name === (workQueue ?? "default"));
  if (queue !== undefined) return queue.id;
  const others = queues.map(({ name }) => JSON.stringify(name)).join(", ");
  throw InvalidInputError.at(
    [...path, "workQueue"],
    `work pool ${JSON.stringify(workPool)} has no queue ${JSON.stringify(workQueue ?? "default")}, but ${others}`,
  );
}
