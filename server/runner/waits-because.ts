import sql, { type Sql } from "sql-template-tag";
import { type StartFacts, waitsBecause } from "../../core/flow-run/waits-because.ts";
import { readySeconds } from "../../core/work-pool/status.ts";
import type { Context } from "../context.ts";
import { batched } from "../graphql/batch.ts";
import { holdsSlot } from "./due.ts";
import { onlineSeconds } from "./online.ts";

/** Why the run does not begin, as `waitsBecause` says it; null where it is not Scheduled, too. */
export const whyItWaits: (ctx: Context, id: string) => Promise<string | null> = batched(
  async (ctx: Context, ids: string[]) => {
    const rows = await readFacts(ctx, ids);
    const reasons = new Map(rows.map((row) => [row.id, waitsBecause(row)]));
    return ids.map((id) => reasons.get(id) ?? null);
  },
);

const underWay = (where: Sql) => sql`(SELECT count(*) FROM flow_run r WHERE ${holdsSlot} AND ${where})`;

/** A `Gate` of `StartFacts`. */
const gate = (row: Sql, name: Sql, where: Sql) => sql`'name', ${name}, 'paused', ${row}.paused,
  'limit', ${row}.concurrency_limit, 'underWay', ${underWay(where)}`;

const deployment = gate(sql`d`, sql`f.name || '/' || d.name`, sql`r.deployment_id = d.id`);
const queue = gate(sql`q`, sql`q.name`, sql`r.work_queue_id = q.id`);
const pool = gate(
  sql`p`,
  sql`p.name`,
  sql`r.work_queue_id IN (SELECT o.id FROM work_queue o WHERE o.work_pool_id = p.id)`,
);

function readFacts(ctx: Context, ids: readonly string[]): Promise<({ id: string } & StartFacts)[]> {
  return ctx.db.query<{ id: string } & StartFacts>(sql`
    SELECT run.id, statement_timestamp() AS now, run.scheduled_for, run.run_count, run.lease_until IS NOT NULL AS held,
      CASE WHEN d.id IS NOT NULL THEN json_build_object(${deployment}) END AS deployment,
      CASE WHEN q.id IS NOT NULL THEN json_build_object(${queue}, 'pool', json_build_object(${pool})) END AS queue,
      json_build_object('online', w.online, 'free', w.free) AS runners
    FROM flow_run run LEFT JOIN deployment d ON d.id = run.deployment_id LEFT JOIN flow f ON f.id = d.flow_id
      LEFT JOIN work_queue q ON q.id = run.work_queue_id LEFT JOIN work_pool p ON p.id = q.work_pool_id
      CROSS JOIN LATERAL (
        SELECT count(*) AS online, count(*) FILTER (WHERE w."limit" IS NULL OR w."limit" > ${underWay(sql`r.runner_id = w.id`)}) AS free
        FROM runner w WHERE CASE WHEN p.id IS NULL
          THEN w.work_pool_id IS NULL AND run.deployment_id = ANY(w.deployment_ids)
            AND w.heartbeat_at > statement_timestamp() - ${onlineSeconds} * interval '1 second'
          ELSE w.work_pool_id = p.id AND (cardinality(w.work_queue_ids) = 0 OR q.id = ANY(w.work_queue_ids))
            AND w.heartbeat_at > statement_timestamp() - ${readySeconds} * interval '1 second' END
      ) w
    WHERE run.id = ANY(${[...ids]}::uuid[]) AND run.state_type = 'SCHEDULED'`);
}
