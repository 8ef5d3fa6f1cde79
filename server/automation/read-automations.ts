import { GraphQLError } from "graphql";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import type { Automation, Prisma } from "../generated/prisma/client.ts";
import { batched } from "../graphql/batch.ts";
import type { Connection } from "../graphql/connection.ts";
import { firstPage } from "../graphql/first-page.ts";
import { pageSize } from "../graphql/page-size.ts";
import { badCursor, badUserInput } from "../graphql/request-error.ts";

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

/** The automations that satisfy a filter, by name. @throws GraphQLError for a bad cursor or page size */
export async function pageOfAutomations(
  ctx: Context,
  args: { first?: number | null; after?: string | null; nameLike?: string | null; tags?: string[] | null },
): Promise<Connection<Automation>> {
  const size = pageSize("first", args.first ?? 50);
  const wanted: Prisma.AutomationWhereInput[] = [{ deletedAt: null }];
  if (args.nameLike != null) wanted.push(isStorable(args.nameLike) ? nameContains(args.nameLike) : nothing);
  if (args.tags != null)
    wanted.push(args.tags.every(isStorable) ? { tags: { hasEvery: args.tags } } : nothing);
  const rows = await ctx.prisma.automation.findMany({
    where: { AND: args.after == null ? wanted : [...wanted, behind(args.after)] },
    orderBy: [{ name: "asc" }, { id: "asc" }],
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

const nothing: Prisma.AutomationWhereInput = { id: { in: [] } };

/** Postgres has no text with NUL: nothing can be equal to one that has. */
function isStorable(text: string): boolean {
  return !text.includes("\0");
}

function cursorOf({ id, name }: Automation): string {
  return Buffer.from(`${id} ${name}`).toString("base64url");
}

function behind(cursor: string): Prisma.AutomationWhereInput {
  const [, id = "", name = ""] = /^(\S*) (.*)$/s.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (!isId(id) || !isStorable(name)) throw badCursor(cursor);
  return { OR: [{ name: { gt: name } }, { name, id: { gt: id } }] };
}
