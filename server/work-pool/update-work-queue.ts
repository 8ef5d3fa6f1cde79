import sql from "sql-template-tag";
import { workEvent } from "../../core/work-pool/work-event.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/append-events.ts";
import { checkWork } from "./check.ts";
import { lockQueue, toldQueue } from "./row.ts";

/** What is left out stays as it is. */
export interface QueueChange {
  description?: string | null | undefined;
  priority?: number | null | undefined;
  concurrencyLimit?: number | null | undefined;
}

/**
 * Changes a queue. Runs that hold a slot keep it, also where there are more of them than a new limit.
 *
 * @returns its id
 * @throws NotFoundError
 * @throws InvalidInputError
 */
export async function updateWorkQueue(
  ctx: Context,
  { id, change }: { id: string; change: QueueChange },
): Promise<string> {
  checkWork(ctx, change, ["change"]);
  const told = await ctx.db.transaction(async (tx) => {
    const row = await lockQueue(tx, id);
    const after = {
      description: change.description === undefined ? row.description : change.description,
      priority: change.priority ?? row.priority,
      concurrencyLimit:
        change.concurrencyLimit === undefined ? row.concurrencyLimit : change.concurrencyLimit,
    };
    const names = Object.keys(after) as (keyof typeof after)[]; // its own
    const changed = names.filter((name) => row[name] !== after[name]);
    if (changed.length === 0) return false;
    await tx.query(sql`
      UPDATE work_queue SET description = ${after.description}, priority = ${after.priority},
        concurrency_limit = ${after.concurrencyLimit}, updated_at = now() WHERE id = ${row.id}::uuid`);
    tx.last(
      appendEvents([
        workEvent({ id: ctx.newId(), at: row.at }, toldQueue(row), { verb: "updated", changed }),
      ]),
    );
    return true;
  });
  if (told) ctx.bus.notify("events", "claimable");
  return id.toLowerCase();
}
