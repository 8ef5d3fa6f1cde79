import sql, { empty, type Sql } from "sql-template-tag";
import type { Context } from "../context.ts";
import type { LiveSource } from "../live/source.ts";

export interface RequestFilter {
  flowNames?: string[] | null;
  /** The run has all of them. */
  tags?: string[] | null;
}

/**
 * The runs that wait for an input, longest waiting first; then each whenever it begins or stops to wait. The first part
 * and the position behind it are of one moment: nothing that happens at that time is missed or told twice.
 */
export function followRequests(ctx: Context, filter: RequestFilter): LiveSource<{ id: string }> {
  const wanted = wantedRuns(filter);
  return {
    topic: "flow-runs",
    kind: "state",
    async open() {
      const rows = await ctx.db.query<{ position: number; id: string | null }>(sql`
        SELECT now.position, waiting.id
        FROM (SELECT COALESCE(max(wait_position), 0) AS position FROM flow_run) now
        LEFT JOIN (
          SELECT r.id, p.requested_at FROM flow_run r JOIN pause p ON p.id = r.pause_id JOIN flow f ON f.id = r.flow_id
          WHERE p.input_type IS NOT NULL ${wanted}
        ) waiting ON true
        ORDER BY waiting.requested_at, waiting.id`);
      const first = rows.flatMap(({ id }) => (id === null ? [] : [{ id }]));
      return { first, position: rows[0]?.position ?? 0 };
    },
    async readAfter(position, limit) {
      const rows = await ctx.db.query<{ position: number; id: string }>(sql`
        SELECT r.id, r.wait_position AS position FROM flow_run r JOIN flow f ON f.id = r.flow_id
        WHERE r.wait_position > ${position} ${wanted}
        ORDER BY r.wait_position LIMIT ${limit}`);
      return rows.map((row) => ({ position: row.position, row: { id: row.id } }));
    },
  };
}

function wantedRuns({ flowNames, tags }: RequestFilter): Sql {
  // Postgres has no text with NUL, so none is equal to one; a tag that cannot be is had by no run.
  const storable = (text: string) => !text.includes("\0");
  const named = flowNames == null ? empty : sql`AND f.name = ANY(${flowNames.filter(storable)}::text[])`;
  if (tags == null) return named;
  return tags.every(storable) ? sql`${named} AND r.tags @> ${tags}::text[]` : sql`AND false`;
}
