import sql from "sql-template-tag";
import type { Executor } from "../db.ts";
import { deleteRunsAhead } from "./runs-ahead.ts";

/**
 * Takes the schedules of a deployment that nobody serves any more out of action, so that nothing piles up, and deletes the runs that they
 * have made ahead. Each is marked: one that somebody puts into action or out of it later is theirs from then on. The caller's transaction
 * holds the deployment. One that workers run goes on.
 *
 * @returns the deleted runs' ids, for `announceRunsAhead` after the commit
 */
export async function stopSchedules(tx: Executor, deploymentId: string): Promise<string[]> {
  const stopped = await tx.query<{ id: string }>(sql`
    UPDATE schedule SET active = false, stopped = true, updated_at = now()
    WHERE deployment_id = ${deploymentId}::uuid AND active AND deleted_at IS NULL
      AND EXISTS (SELECT FROM deployment d WHERE d.id = deployment_id AND d.work_queue_id IS NULL)
    RETURNING id`);
  return deleteRunsAhead(
    tx,
    stopped.map(({ id }) => id),
  );
}

/** Puts those schedules of deployments into action again that are out of it because nobody served them. @returns whether there were any */
export async function resumeSchedules(tx: Executor, deploymentIds: readonly string[]): Promise<boolean> {
  const resumed = await tx.query(sql`
    UPDATE schedule SET active = true, stopped = false, due_at = clock_timestamp(), made_until = NULL, updated_at = now()
    WHERE deployment_id = ANY(${[...deploymentIds]}::uuid[]) AND stopped AND deleted_at IS NULL RETURNING id`);
  return resumed.length > 0;
}
