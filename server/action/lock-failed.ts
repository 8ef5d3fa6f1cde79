import sql from "sql-template-tag";
import { ActionNotFailedError, type ActionRunStatus, NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Executor } from "../db.ts";

/**
 * Locks an action run that failed until the transaction ends.
 *
 * @throws NotFoundError
 * @throws ActionNotFailedError
 */
export async function lockFailed(tx: Executor, id: string): Promise<void> {
  const [run] = isId(id)
    ? await tx.query<{ status: ActionRunStatus }>(
        sql`SELECT status FROM action_run WHERE id = ${id}::uuid FOR UPDATE`,
      )
    : [];
  if (run === undefined) throw new NotFoundError("action run", id);
  if (run.status !== "FAILED") throw new ActionNotFailedError(id, run.status);
}
