import sql from "sql-template-tag";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { LiveSource } from "../live/source.ts";
import { mayStart } from "./may-start.ts";

/**
 * Rings whenever runs of these deployments may be due, at once at first. A run that is scheduled for later rings when it is
 * due: the server's clock wakes the topic then.
 */
export function claimableFlowRuns(
  ctx: Context,
  { deploymentIds }: { deploymentIds: readonly string[] },
): LiveSource<number> {
  const ids = deploymentIds.filter(isId);
  let seen = "";
  return {
    topic: "claimable",
    kind: "state",
    shared: false,
    open: async () => ({ first: [0], position: 0 }),
    async readAfter(position) {
      // The newest change and the newest due time of what is due: the same runs do not ring twice, and a runner that is
      // full looks again by itself.
      const [due] = await ctx.db.query<{ mark: string | null }>(sql`
        SELECT max(r.position) || ' ' || max(r.scheduled_for) AS mark FROM flow_run r
        WHERE r.state_type = 'SCHEDULED' AND r.deployment_id = ANY(${ids}::uuid[]) AND r.scheduled_for <= clock_timestamp()
          AND r.lease_until IS NULL AND ${mayStart}`);
      if (!due?.mark || due.mark === seen) return [];
      seen = due.mark;
      return [{ position: position + 1, row: position + 1 }];
    },
  };
}
