import sql from "sql-template-tag";
import type { Executor } from "../db.ts";

/**
 * Has the runs of a deployment that no process has go with it to another queue, or out of queues: whoever begins them looks
 * there now. Nobody is waited for: a run that is being changed stays where it was.
 */
export async function moveWaitingRuns(
  tx: Executor,
  deploymentId: string,
  queueId: string | null,
): Promise<void> {
  await tx.query(sql`
    UPDATE flow_run SET work_queue_id = ${queueId}::uuid WHERE id IN (
      SELECT id FROM flow_run WHERE deployment_id = ${deploymentId}::uuid AND ended_at IS NULL AND lease_until IS NULL
        AND work_queue_id IS DISTINCT FROM ${queueId}::uuid
      FOR NO KEY UPDATE SKIP LOCKED)`);
}
