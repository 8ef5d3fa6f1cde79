import sql, { type Sql } from "sql-template-tag";
import type { ActionRunStatus } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { ActionRun } from "../generated/prisma/client.ts";
import type { Page } from "../graphql/connection.ts";
import { firstPage } from "../graphql/first-page.ts";
import { pageSize } from "../graphql/page-size.ts";
import { badCursor } from "../graphql/request-error.ts";

/** Which action runs are wanted. */
export interface ActionRunPageArgs {
  automationId?: string | null | undefined;
  status?: readonly ActionRunStatus[] | null | undefined;
  discarded?: boolean | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** Of a row: the place of its firing among all, and its number among the firing's actions. */
interface Place {
  readonly id: string;
  readonly position: number;
  readonly index: number;
}

/** A page of action runs, those of the newest firings first, of one firing in their order. @throws GraphQLError for a bad cursor or page size */
export async function pageOfActionRuns(ctx: Context, args: ActionRunPageArgs): Promise<Page<ActionRun>> {
  const size = pageSize("first", args.first ?? 50);
  const { automationId = null, status = null, discarded = null } = args;
  const after = args.after == null ? null : placeOf(args.after);
  const places =
    automationId !== null && !isId(automationId)
      ? []
      : await ctx.db.query<Place>(sql`
          SELECT r.id, f.position, r.index FROM firing f JOIN action_run r ON r.firing_id = f.id
          WHERE (${automationId}::uuid IS NULL OR f.automation_id = ${automationId}::uuid)
            AND (${status === null}::boolean OR r.status = ANY (${[...(status ?? [])]}::text[]))
            AND (${discarded}::boolean IS NULL OR (r.discarded_at IS NOT NULL) = ${discarded}::boolean)
            AND ${behind(after)}
          ORDER BY f.position DESC, r.index LIMIT ${size + 1}`);
  const page = firstPage(places, size, args.after, ({ position, index }) => `${position}.${index}`);
  const rows = await ctx.prisma.actionRun.findMany({ where: { id: { in: page.nodes.map(({ id }) => id) } } });
  const found = new Map(rows.map((row) => [row.id, row]));
  return { ...page, nodes: page.nodes.flatMap(({ id }) => found.get(id) ?? []) };
}

function behind(after: Pick<Place, "position" | "index"> | null): Sql {
  if (after === null) return sql`true`;
  const { position, index } = after;
  return sql`f.position <= ${position}::bigint AND (f.position < ${position}::bigint OR r.index > ${index}::int)`;
}

function placeOf(cursor: string): Pick<Place, "position" | "index"> {
  const [, position, index] = /^(\d{1,15})\.(\d{1,9})$/.exec(cursor) ?? [];
  if (position === undefined || index === undefined) throw badCursor(cursor);
  return { position: Number(position), index: Number(index) };
}
