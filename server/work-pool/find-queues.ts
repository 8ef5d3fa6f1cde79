import sql from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import type { Executor } from "../db.ts";

/**
 * A pool and some of its queues by their names, as its workers give them; no queue for all of them.
 *
 * @throws InvalidInputError where there is no such pool or queue
 */
export async function findQueues(
  db: Executor,
  workPool: string,
  names: readonly string[],
): Promise<{ kind: "pool"; poolId: string; queueIds: string[] }> {
  const queues = workPool.includes("\0")
    ? []
    : await db.query<{ poolId: string; id: string; name: string }>(sql`
        SELECT p.id AS pool_id, q.id, q.name FROM work_pool p JOIN work_queue q ON q.work_pool_id = p.id
        WHERE p.name = ${workPool} ORDER BY q.name`);
  const [first] = queues;
  if (first === undefined)
    throw InvalidInputError.at(["runner", "workPool"], `there is no work pool ${JSON.stringify(workPool)}`);
  const unknown = names.find((name) => !queues.some((queue) => queue.name === name));
  if (unknown !== undefined) {
    const others = queues.map(({ name }) => JSON.stringify(name)).join(", ");
    throw InvalidInputError.at(
      ["runner", "workQueues"],
      `work pool ${JSON.stringify(workPool)} has no queue ${JSON.stringify(unknown)}, but ${others}`,
    );
  }
  const queueIds = queues.filter(({ name }) => names.includes(name)).map(({ id }) => id);
  return { kind: "pool", poolId: first.poolId, queueIds };
}
