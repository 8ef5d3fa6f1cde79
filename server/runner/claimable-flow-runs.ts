import sql, { type Sql } from "sql-template-tag";
import type { Context } from "../context.ts";
import type { LiveSource } from "../live/source.ts";
import { type ClaimSource, claimSource } from "./claim-source.ts";
import { due } from "./due.ts";

/**
 * Rings whenever runs of these deployments, or of the pool whose worker the runner is, may be due, at once at first. A run that
 * is scheduled for later rings when it is due: the server's clock wakes the topic then.
 */
export function claimableFlowRuns(
  ctx: Context,
  args: { deploymentIds?: readonly string[] | null | undefined; runnerId?: string | null | undefined },
): LiveSource<number> {
  let seen = "";
  return {
    topic: "claimable",
    kind: "state",
    shared: false,
    open: async () => ({ first: [0], position: 0 }),
    async readAfter(position) {
      const source = await claimSource(ctx.db, args.runnerId ?? "", args.deploymentIds);
      if (source === null) return [];
      // How many are due, their newest change and their newest due time: the same runs do not ring twice, and a runner
      // that is full looks again by itself.
      const [found] = await ctx.db.query<{ mark: string | null }>(sql`
        SELECT count(*) || ' ' || max(r.position) || ' ' || max(r.scheduled_for) AS mark FROM flow_run r
        WHERE ${belongsTo(source)} AND ${due}`);
      if (!found?.mark || found.mark === seen) return [];
      seen = found.mark;
      return [{ position: position + 1, row: position + 1 }];
    },
  };
}

function belongsTo(source: ClaimSource): Sql {
  if (source.kind === "served")
    return sql`r.deployment_id = ANY(${[...source.deploymentIds]}::uuid[]) AND r.work_queue_id IS NULL`;
  return sql`r.work_queue_id IN (
    SELECT q.id FROM work_queue q JOIN work_pool p ON p.id = q.work_pool_id
    WHERE p.id = ${source.poolId}::uuid AND NOT p.paused AND NOT q.paused
      AND (cardinality(${[...source.queueIds]}::uuid[]) = 0 OR q.id = ANY(${[...source.queueIds]}::uuid[])))`;
}
