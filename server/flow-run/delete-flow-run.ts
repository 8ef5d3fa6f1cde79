import sql from "sql-template-tag";
import { NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";

/**
 * Deletes a run with all that belongs to it, in the caller's transaction, which calls `committed` afterwards. A process that
 * has it is told at once.
 *
 * @throws NotFoundError
 */
export async function deleteFlowRun(
  tx: Executor,
  ctx: Context,
  id: string,
): Promise<{ name: string; committed: () => void }> {
  const [deleted] = isId(id)
    ? await tx.query<{ id: string; name: string }>(
        sql`DELETE FROM flow_run WHERE id = ${id}::uuid RETURNING id, name`,
      )
    : [];
  if (deleted === undefined) throw new NotFoundError("flow run", id);
  return {
    name: deleted.name,
    committed: () => ctx.bus.notify(`run:${deleted.id}`, "flow-runs", "claimable", `inputs:${deleted.id}`),
  };
}
