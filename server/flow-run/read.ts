import { queryFromInfo } from "@pothos/plugin-prisma";
import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { FlowRun, Prisma } from "../generated/prisma/client.ts";
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

/** The runs that satisfy a filter, newest first; upcoming ones soonest first. @throws GraphQLError for a bad cursor or page size */
export async function pageOfRuns(
  ctx: Context,
  args: { filter?: FlowRunFilter | null; first?: number | null; after?: string | null },
  query: Query,
): Promise<Connection<FlowRun>> {
  const size = pageSize("first", args.first ?? 50);
  const satisfies = runsThatSatisfy(args.filter, ctx.now());
  const order = args.filter?.upcoming ? soonestFirst : newestFirst;
  const rows = await ctx.prisma.flowRun.findMany({
    ...query,
    where: args.after == null ? satisfies : { AND: [satisfies, order.behind(...readCursor(args.after))] },
    orderBy: order.by,
    take: size + 1,
  });
  return {
    page: firstPage(rows, size, args.after, (run) => cursorOf(order.at(run), run.id)),
    totalCount: () => ctx.prisma.flowRun.count({ where: satisfies }),
  };
}

/** An order of runs: by a moment of each, then by its id. */
interface Order {
  by: Prisma.FlowRunOrderByWithRelationInput[];
  at(run: FlowRun): Date;
  behind(at: Date, id: string): Prisma.FlowRunWhereInput;
}

const newestFirst: Order = {
  by: [{ createdAt: "desc" }, { id: "desc" }],
  at: ({ createdAt }) => createdAt,
  behind: (at, id) => ({ OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] }),
};

const soonestFirst: Order = {
  by: [{ scheduledFor: "asc" }, { id: "asc" }],
  // An upcoming run has a time to come.
  at: ({ scheduledFor, createdAt }) => scheduledFor ?? createdAt,
  behind: (at, id) => ({ OR: [{ scheduledFor: { gt: at } }, { scheduledFor: at, id: { gt: id } }] }),
};

function cursorOf(at: Date, id: string): string {
  return Buffer.from(`${at.getTime()} ${id}`).toString("base64url");
}

function readCursor(cursor: string): [Date, string] {
  const [time = "", id = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  const at = new Date(/^\d{1,15}$/.test(time) ? Number(time) : Number.NaN);
  if (Number.isNaN(at.getTime()) || !isId(id)) throw badCursor(cursor);
  return [at, id];
}
