import { queryFromInfo } from "@pothos/plugin-prisma";
import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { FlowRun } from "../generated/prisma/client.ts";
import type { Connection } from "../graphql/connection.ts";
import { firstPage } from "../graphql/first-page.ts";
import { pageSize } from "../graphql/page-size.ts";
import { badCursor } from "../graphql/request-error.ts";
import { type FlowRunFilter, runsThatSatisfy } from "./filter.ts";

/** The relations that a request selects, to spread into a read. */
export type Query = { include?: object; select?: object };

/** A run, or null where there is none. */
export async function readRun(ctx: Context, id: string, query: Query = {}): Promise<FlowRun | null> {
  const wanted = { ...query, where: { id } };
  return isId(id) ? ctx.prisma.flowRun.findUnique(wanted) : null;
}

/** A run that is known to exist, with what the field that shows it selects. */
export async function showRun(ctx: Context, info: GraphQLResolveInfo, id: string): Promise<FlowRun> {
  // Whoever wants to know only that it was done costs no read. Nothing but the id of this row is looked at.
  if (info.fieldNodes.every(({ selectionSet }) => asksOnlyForId(selectionSet)))
    return { id: id.toLowerCase() } as FlowRun;
  const query = queryFromInfo({ context: ctx, info, typeName: "FlowRun" });
  return ctx.prisma.flowRun.findUniqueOrThrow({ ...query, where: { id } });
}

/** Whether nothing but the id of a run is selected; fields of other types, such as refusals, do not count. */
function asksOnlyForId(selection: SelectionSetNode | undefined): boolean {
  return (selection?.selections ?? []).every(
    (node) =>
      (node.kind === Kind.FIELD && (node.name.value === "id" || node.name.value === "__typename")) ||
      (node.kind === Kind.INLINE_FRAGMENT &&
        (isOfOtherType(node.typeCondition?.name.value) || asksOnlyForId(node.selectionSet))),
  );
}

function isOfOtherType(condition: string | undefined): boolean {
  return condition !== undefined && condition !== "FlowRun" && condition !== "Node";
}

/** The runs that satisfy a filter, newest first. @throws GraphQLError for a bad cursor or page size */
export async function pageOfRuns(
  ctx: Context,
  args: { filter?: FlowRunFilter | null; first?: number | null; after?: string | null },
  query: Query,
): Promise<Connection<FlowRun>> {
  const size = pageSize("first", args.first ?? 50);
  const satisfies = runsThatSatisfy(args.filter);
  const rows = await ctx.prisma.flowRun.findMany({
    ...query,
    where: args.after == null ? satisfies : { AND: [satisfies, olderThan(args.after)] },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: size + 1,
  });
  return {
    page: firstPage(rows, size, args.after, cursorOf),
    totalCount: () => ctx.prisma.flowRun.count({ where: satisfies }),
  };
}

function cursorOf(run: FlowRun): string {
  return Buffer.from(`${run.createdAt.getTime()} ${run.id}`).toString("base64url");
}

function olderThan(cursor: string) {
  const [time = "", id = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  const createdAt = new Date(/^\d{1,15}$/.test(time) ? Number(time) : Number.NaN);
  if (Number.isNaN(createdAt.getTime()) || !isId(id)) throw badCursor(cursor);
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}
