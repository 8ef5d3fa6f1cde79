import { GraphQLError } from "graphql";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { Automation, Prisma } from "../generated/prisma/client.ts";
import { batched } from "../graphql/batch.ts";
import type { Connection } from "../graphql/connection.ts";
import { firstPage } from "../graphql/first-page.ts";
import { pageSize } from "../graphql/page-size.ts";
import { badUserInput } from "../graphql/request-error.ts";
import {
  type AutomationFilterArgs,
  automationOrders,
  conditionsOf,
  isStorable,
  nothing,
} from "./automation-filter.ts";

/** An automation that is known to be there, deleted or not. */
export function showAutomation(ctx: Context, id: string): Promise<Automation> {
  return ctx.prisma.automation.findUniqueOrThrow({ where: { id } });
}

/**
 * An automation by its id, or by its name: the one without owner, else the only one of that name. Null where there is none.
 *
 * @throws GraphQLError AMBIGUOUS_NAME where several owners have one of that name, with their ids
 */
export async function findAutomation(
  ctx: Context,
  { id, name }: { id?: string | null; name?: string | null },
): Promise<Automation | null> {
  if (id != null && name != null) throw badUserInput("Only one of id or name can be provided");
  if (id != null)
    return isId(id) ? ctx.prisma.automation.findFirst({ where: { id, deletedAt: null } }) : null;
  if (name == null) throw badUserInput("One of id or name must be provided");
  if (!isStorable(name)) return null;
  const named = await ctx.prisma.automation.findMany({
    where: { name, deletedAt: null },
    orderBy: { id: "asc" },
  });
  const free = named.find((one) => one.ownerResource === null);
  if (free !== undefined || named.length <= 1) return free ?? named[0] ?? null;
  const ids = named.map((one) => one.id);
  throw new GraphQLError(
    `several automations are named ${JSON.stringify(name)}, each of another owner: ${ids.join(", ")}; give the id`,
    { extensions: { code: "AMBIGUOUS_NAME", ids } },
  );
}

/** Which automations are wanted, in which order. */
export interface AutomationPageArgs {
  first?: number | null;
  after?: string | null;
  nameLike?: string | null;
  tags?: string[] | null;
  filter?: AutomationFilterArgs | null;
  sort?: keyof typeof automationOrders | null;
}

/** The automations that satisfy a filter. @throws GraphQLError for a bad cursor, page size or filter */
export async function pageOfAutomations(
  ctx: Context,
  args: AutomationPageArgs,
): Promise<Connection<Automation>> {
  const size = pageSize("first", args.first ?? 50);
  const { orderBy, cursorOf, behind } = automationOrders[args.sort ?? "NAME_ASC"];
  const wanted: Prisma.AutomationWhereInput[] = [
    { deletedAt: null },
    ...(await conditionsOf(ctx.db, { tags: args.tags })),
    ...(await conditionsOf(ctx.db, args.filter ?? {})),
  ];
  if (args.nameLike != null) wanted.push(isStorable(args.nameLike) ? nameContains(args.nameLike) : nothing);
  const rows = await ctx.prisma.automation.findMany({
    where: { AND: args.after == null ? wanted : [...wanted, behind(args.after)] },
    orderBy,
    take: size + 1,
  });
  return {
    page: firstPage(rows, size, args.after, cursorOf),
    totalCount: () => ctx.prisma.automation.count({ where: { AND: wanted } }),
  };
}

/** The automations of a resource, its own and those whose actions name it, by name; all that fields ask for at once are read together. */
export const automationsOf: (ctx: Context, resource: string) => Promise<Automation[]> = batched(
  async (ctx: Context, resources: string[]) => {
    const rows = await ctx.prisma.automation.findMany({
      where: {
        deletedAt: null,
        OR: [{ ownerResource: { in: resources } }, { relatedResources: { hasSome: resources } }],
      },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    });
    return resources.map((resource) =>
      rows.filter((row) => row.ownerResource === resource || row.relatedResources.includes(resource)),
    );
  },
);

function nameContains(part: string): Prisma.AutomationWhereInput {
  // Prisma hands the text to ILIKE as it is.
  return { name: { contains: part.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" } };
}
