import sql from "sql-template-tag";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { positionOfCursor } from "../event/cursor.ts";
import type { Firing } from "../generated/prisma/client.ts";
import type { Page } from "../graphql/connection.ts";
import { pageSize } from "../graphql/page-size.ts";

/** The firing of this id; null where there is none, or not any more. */
export async function findFiring(ctx: Context, id: string): Promise<Firing | null> {
  return isId(id) ? ctx.prisma.firing.findUnique({ where: { id: id.toLowerCase() } }) : null;
}

export interface FiringPageArgs {
  automationId?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}

/** A page of the firings of one automation, or of all, newest first. @throws GraphQLError with the code BAD_USER_INPUT or BAD_CURSOR */
export async function pageOfFirings(ctx: Context, args: FiringPageArgs): Promise<Page<Firing>> {
  const size = pageSize("first", args.first ?? 50);
  const after = args.after == null ? null : positionOfCursor(args.after);
  const { automationId } = args;
  const wanted = automationId == null ? {} : { automationId: automationId.toLowerCase() };
  const rows =
    automationId != null && !isId(automationId)
      ? []
      : await ctx.prisma.firing.findMany({
          where: { ...wanted, ...(after === null ? {} : { position: { lt: after } }) },
          orderBy: { position: "desc" },
          take: size + 1,
        });
  const nodes = rows.slice(0, size);
  const start = nodes[0]?.position;
  const end = nodes.at(-1)?.position;
  return {
    nodes,
    pageInfo: {
      hasNextPage: () => rows.length > size,
      hasPreviousPage: async () =>
        after !== null &&
        (await ctx.prisma.firing.findFirst({ where: { ...wanted, position: { gte: after } } })) !== null,
      startCursor: start === undefined ? null : String(start),
      // Of a page of no size that begins at the newest nothing can be behind.
      endCursor: size === 0 && after === null ? null : String(end ?? after ?? 0),
    },
  };
}

/** The positions of the oldest firing that is kept and of the newest there has been. */
export async function keptFirings(ctx: Pick<Context, "db">): Promise<{ first: number; last: number }> {
  const [range] = await ctx.db.query<{ first: number; last: number }>(sql`
    SELECT COALESCE((SELECT min(position) FROM firing), firings + 1) AS first, firings AS last FROM evaluator WHERE partition = 0`);
  return range ?? { first: 1, last: 0 };
}
