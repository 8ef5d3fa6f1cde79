import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import { markDeploymentsPolled } from "../deployment/readiness.ts";
import { tellWorkStatuses } from "../work-pool/tell-statuses.ts";
import type { ClaimSource } from "./claim-source.ts";

/** Deployments and queues are ready while a runner asks for their runs. */
export async function markPolled(ctx: Context, source: ClaimSource): Promise<void> {
  if (source.kind === "served") return markDeploymentsPolled(ctx, source.deploymentIds);
  const { poolId, queueIds } = source;
  const queues = await ctx.db.query<{ id: string; toldStatus: string }>(sql`
    UPDATE work_queue q SET polled_at = now() WHERE q.work_pool_id = ${poolId}::uuid
      AND (cardinality(${[...queueIds]}::uuid[]) = 0 OR q.id = ANY(${[...queueIds]}::uuid[]))
      AND (polled_at IS NULL OR polled_at < now() - interval '10 seconds')
    RETURNING q.id, q.told_status`);
  if (queues.length === 0) return;
  const deployments = await ctx.db.query<{ id: string }>(sql`
    SELECT d.id FROM deployment d JOIN work_queue q ON q.id = d.work_queue_id JOIN work_pool p ON p.id = q.work_pool_id
    WHERE q.id = ANY(${queues.map(({ id }) => id)}::uuid[]) AND NOT q.paused AND NOT p.paused`);
  if (deployments.length > 0)
    await markDeploymentsPolled(
      ctx,
      deployments.map(({ id }) => id),
    );
  if (queues.some(({ toldStatus }) => toldStatus === "NOT_READY")) await tellWorkStatuses(ctx);
}
