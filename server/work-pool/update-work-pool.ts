import sql from "sql-template-tag";
import { jsonEquals } from "../../core/json.ts";
import { workEvent } from "../../core/work-pool/work-event.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/append-events.ts";
import { checkWork } from "./check.ts";
import { lockPool, toldPool } from "./row.ts";

/** What is left out stays as it is. */
export interface PoolChange {
  description?: string | null | undefined;
  concurrencyLimit?: number | null | undefined;
  variablesSchema?: unknown;
}

/**
 * Changes a pool. Runs that hold a slot keep it, also where there are more of them than a new limit.
 *
 * @returns its id
 * @throws NotFoundError
 * @throws InvalidInputError
 */
export async function updateWorkPool(
  ctx: Context,
  { id, change }: { id: string; change: PoolChange },
): Promise<string> {
  checkWork(ctx, change, ["change"]);
  const told = await ctx.db.transaction(async (tx) => {
    const row = await lockPool(tx, id);
    const after = {
      description: change.description === undefined ? row.description : change.description,
      concurrencyLimit:
        change.concurrencyLimit === undefined ? row.concurrencyLimit : change.concurrencyLimit,
      variablesSchema: change.variablesSchema === undefined ? row.variablesSchema : change.variablesSchema,
    };
    const names = Object.keys(after) as (keyof typeof after)[]; // its own
    const changed = names.filter((name) => !jsonEquals(row[name], after[name]));
    if (changed.length === 0) return false;
    const schema = after.variablesSchema == null ? null : JSON.stringify(after.variablesSchema);
    await tx.query(sql`
      UPDATE work_pool SET description = ${after.description}, concurrency_limit = ${after.concurrencyLimit},
        variables_schema = ${schema}::json, updated_at = now() WHERE id = ${row.id}::uuid`);
    tx.last(
      appendEvents([workEvent({ id: ctx.newId(), at: row.at }, toldPool(row), { verb: "updated", changed })]),
    );
    return true;
  });
  if (told) ctx.bus.notify("events", "claimable");
  return id.toLowerCase();
}
