import sql from "sql-template-tag";
import { AlreadyExistsError } from "../../core/error.ts";
import { processVariables } from "../../core/work-pool/process-variables.ts";
import { workEvent } from "../../core/work-pool/work-event.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/append-events.ts";
import { checkWork } from "./check.ts";

export interface NewPool {
  name: string;
  /** `process` where it is left out. */
  type?: string | null | undefined;
  description?: string | null | undefined;
  concurrencyLimit?: number | null | undefined;
  /** JSON Schema; that of its type where it is left out, null for any job variables. */
  variablesSchema?: unknown;
}

/** The queue that every pool has from the start. */
export const defaultQueue = "default";

/**
 * Makes a pool with its queue `default`.
 *
 * @returns its id
 * @throws InvalidInputError
 * @throws AlreadyExistsError where the name is taken
 */
export async function createWorkPool(ctx: Context, { pool: given }: { pool: NewPool }): Promise<string> {
  checkWork(ctx, given, ["pool"]);
  const { name, description = null, concurrencyLimit = null } = given;
  const schema = given.variablesSchema === undefined ? processVariables : given.variablesSchema;
  const pool = { id: ctx.newId(), name, type: given.type ?? "process" };
  const queue = { id: ctx.newId(), name: defaultQueue, pool };
  await ctx.db.transaction(async (tx) => {
    const [made] = await tx.query<{ at: Date }>(sql`
      INSERT INTO work_pool (id, name, type, description, concurrency_limit, variables_schema)
      VALUES (${pool.id}::uuid, ${name}, ${pool.type}, ${description}, ${concurrencyLimit},
        ${schema === null ? null : JSON.stringify(schema)}::json)
      ON CONFLICT (name) DO NOTHING RETURNING clock_timestamp() AS at`);
    if (made === undefined)
      throw new AlreadyExistsError(`there is a work pool ${JSON.stringify(name)} already`);
    await tx.query(sql`
      INSERT INTO work_queue (id, work_pool_id, name) VALUES (${queue.id}::uuid, ${pool.id}::uuid, ${queue.name})`);
    const event = () => ({ id: ctx.newId(), at: made.at });
    tx.last(
      appendEvents([
        workEvent(event(), { kind: "work-pool", pool }, { verb: "created" }),
        workEvent(event(), { kind: "work-queue", queue }, { verb: "created" }),
      ]),
    );
  });
  ctx.bus.notify("events");
  return pool.id;
}
