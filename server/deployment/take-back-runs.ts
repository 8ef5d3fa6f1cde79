import sql from "sql-template-tag";
import type { Named } from "../../core/flow-run/told-run.ts";
import type { Executor } from "../db.ts";

/**
 * Gives a deployment that has just been made the runs of one that went by its name and was deleted, so that they can be resumed
 * and tried again. Each deployment of the name takes all of them, so an idempotency key is that of one run still.
 */
export async function takeBackRuns(
  tx: Executor,
  deployment: { id: string; flow: Named; name: string; workQueueId: string | null },
): Promise<void> {
  await tx.query(sql`
    UPDATE flow_run SET deployment_id = ${deployment.id}::uuid, gone_deployment = NULL, work_queue_id = ${deployment.workQueueId}::uuid
    WHERE id IN (
      SELECT id FROM flow_run WHERE flow_id = ${deployment.flow.id}::uuid AND gone_deployment = ${deployment.name}
      ORDER BY id FOR NO KEY UPDATE)`);
}
