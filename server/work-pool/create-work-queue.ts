import sql from "sql-template-tag";
import { AlreadyExistsError, InvalidInputError } from "../../core/error.ts";
import { workEvent } from "../../core/work-pool/work-event.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/append-events.ts";
import { checkWork } from "./check.ts";

export interface NewQueue {
  /** The pool's name. */
  workPool: string;
  name: string;
  description?: string | null | undefined;
  /** One more than the highest of the pool's where it is left out. */
  priority?: number | null | undefined;
  concurrencyLimit?: number | null | undefined;
}

/**
 * Makes a queue in a pool.
 *
 * @returns its id
 * @throws InvalidInputError, also where there is no such pool
 * @throws AlreadyExistsError where the pool has one of this name
 */
export async function createWorkQueue(ctx: Context, { queue: given }: { queue: NewQueue }): Promise<string> {
  checkWork(ctx, given, ["queue"]);
  const { workPool, name, description = null, concurrencyLimit = null } = given;
  const id = ctx.newId();
  await ctx.db.transaction(async (tx) => {
    const [pool] = workPool.includes("\0")
      ? []
      : await tx.query<{ id: string; name: string; type: string }>(
          sql`SELECT id, name, type FROM work_pool WHERE name = ${workPool} FOR KEY SHARE`,
        );
    if (pool === undefined)
      throw InvalidInputError.at(["queue", "workPool"], `there is no work pool ${JSON.stringify(workPool)}`);
    const [made] = await tx.query<{ at: Date }>(sql`
      INSERT INTO work_queue (id, work_pool_id, name, description, priority, concurrency_limit)
      SELECT ${id}::uuid, ${pool.id}::uuid, ${name}, ${description}, COALESCE(${given.priority ?? null}::int,
        (SELECT max(priority) + 1 FROM work_queue WHERE work_pool_id = ${pool.id}::uuid), 1), ${concurrencyLimit}::int
      ON CONFLICT (work_pool_id, name) DO NOTHING RETURNING clock_timestamp() AS at`);
    if (made === undefined)
      throw new AlreadyExistsError(
        `work pool ${JSON.stringify(workPool)} has a queue ${JSON.stringify(name)} already`,
      );
    const told = { kind: "work-queue", queue: { id, name, pool } } as const;
    tx.last(appendEvents([workEvent({ id: ctx.newId(), at: made.at }, told, { verb: "created" })]));
  });
  ctx.bus.notify("events", "claimable");
  return id;
}
