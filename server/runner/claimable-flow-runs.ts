import sql, { type Sql } from "sql-template-tag";
import type { Context } from "../context.ts";
import type { LiveSource } from "../live/source.ts";
import { type ClaimSource, claimSource } from "./claim-source.ts";
import { due } from "./due.ts";

/** Where more wait than this, runners are busy, and look again whenever a run of theirs has ended. */
const mostCounted = 1_000;

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
        SELECT count(*) || ' ' || max(position) || ' ' || max(scheduled_for) AS mark FROM (
          SELECT r.position, r.scheduled_for FROM flow_run r WHERE ${belongsTo(source)} AND ${due} LIMIT ${mostCounted}) counted`);
      const before = seen;
      // Where nothing can be claimed the same runs ring anew once something can: a slot is free, a pause is over.
      seen = found?.mark ?? "";
      if (seen === "" || seen === before) return [];
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
      AND (cardinality(${[...source.queueIds]}::uuid[]) = 0 OR q.id = ANY(${[...source.queueIds]}::uuid[]))
      AND (q.concurrency_limit IS NULL OR q.concurrency_limit > (
        SELECT count(*) FROM flow_run h WHERE h.work_queue_id = q.id AND h.lease_until IS NOT NULL))
      AND (p.concurrency_limit IS NULL OR p.concurrency_limit > (
        SELECT count(*) FROM flow_run h JOIN work_queue o ON o.id = h.work_queue_id
        WHERE o.work_pool_id = p.id AND h.lease_until IS NOT NULL)))`;
}
