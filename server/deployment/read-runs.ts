import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import type { FlowRun } from "../generated/prisma/client.ts";
import { batched } from "../graphql/batch.ts";

interface Wanted {
  deploymentId: string;
  first: number;
}

/** The runs of a deployment that are to start, the soonest first. */
export const upcomingRuns: (ctx: Context, wanted: Wanted) => Promise<FlowRun[]> = batched(
  (ctx: Context, wanted: Wanted[]) =>
    readRuns(
      ctx,
      wanted,
      sql`SELECT id, row_number() OVER () AS place FROM (
        SELECT id FROM flow_run WHERE deployment_id = d.id AND state_type = 'SCHEDULED'
        ORDER BY scheduled_for, id LIMIT d.first
      ) soonest`,
    ),
);

/** The runs of a deployment that have begun, the last begun first. */
export const recentRuns: (ctx: Context, wanted: Wanted) => Promise<FlowRun[]> = batched(
  (ctx: Context, wanted: Wanted[]) =>
    readRuns(
      ctx,
      wanted,
      sql`SELECT id, row_number() OVER () AS place FROM (
        SELECT id FROM flow_run
        WHERE deployment_id = d.id AND (started_at IS NOT NULL OR state_type <> 'SCHEDULED')
        ORDER BY coalesce(started_at, state_timestamp) DESC, id DESC LIMIT d.first
      ) latest`,
    ),
);

/** @param chosen selects `id` and `place` of the runs of one deployment `d`, at most `d.first` */
async function readRuns(
  ctx: Context,
  wanted: Wanted[],
  chosen: ReturnType<typeof sql>,
): Promise<FlowRun[][]> {
  const asked = JSON.stringify(wanted.map(({ deploymentId, first }) => ({ id: deploymentId, first })));
  const found = await ctx.db.query<{ ask: number; id: string }>(
    sql`SELECT d.ask, run.id
      FROM (
        SELECT (a.value ->> 'id')::uuid AS id, (a.value ->> 'first')::int AS first, a.ask
        FROM json_array_elements(${asked}::json) WITH ORDINALITY AS a (value, ask)
      ) d
      CROSS JOIN LATERAL (${chosen}) run
      ORDER BY d.ask, run.place`,
  );
  const rows = await ctx.prisma.flowRun.findMany({ where: { id: { in: found.map(({ id }) => id) } } });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return wanted.map((_, index) =>
    found.flatMap(({ ask, id }) => (ask === index + 1 ? (byId.get(id) ?? []) : [])),
  );
}
