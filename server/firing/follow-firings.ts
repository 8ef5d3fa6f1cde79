import { NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Context } from "../context.ts";
import { positionOfCursor } from "../event/cursor.ts";
import type { Firing } from "../generated/prisma/client.ts";
import { badCursor } from "../graphql/request-error.ts";
import { Gap } from "../live/gap.ts";
import type { LiveSource, Placed } from "../live/source.ts";
import { keptFirings } from "./read.ts";

export type FiringStreamRow = Firing | Gap;

/**
 * The firings of one automation, or of all, behind `after`, or those from now on, and on as they happen. Where something behind `after`
 * is not kept any more, a gap comes in its place.
 */
export function followFirings(
  ctx: Context,
  args: { automationId?: string | null | undefined; after?: string | null | undefined },
): LiveSource<FiringStreamRow> {
  const { automationId, after } = args;
  const wanted = automationId == null ? {} : { automationId: automationId.toLowerCase() };

  async function missingBehind(position: number): Promise<Placed<Gap> | null> {
    const gap = new Gap(position, (await keptFirings(ctx)).first - 1);
    return gap.to > position ? { position: gap.to, row: gap } : null;
  }

  return {
    topic: "firings",
    kind: "log",
    async open() {
      if (automationId != null) await requireAutomation(ctx, automationId);
      const { last } = await keptFirings(ctx);
      if (after == null) return { first: [], position: last };
      const position = positionOfCursor(after);
      if (position > last) throw badCursor(after);
      const gap = await missingBehind(position);
      return gap === null ? { first: [], position } : { first: [gap.row], position: gap.position };
    },
    async readAfter(position, limit) {
      const gap = await missingBehind(position);
      const rows = await ctx.prisma.firing.findMany({
        where: { ...wanted, position: { gt: gap?.position ?? position } },
        orderBy: { position: "asc" },
        take: gap === null ? limit : limit - 1,
      });
      const placed = rows.map((row) => ({ position: Number(row.position), row }));
      return gap === null ? placed : [gap, ...placed];
    },
  };
}

/** @throws NotFoundError */
async function requireAutomation(ctx: Context, id: string): Promise<void> {
  const found = isId(id) ? await ctx.prisma.automation.findUnique({ where: { id: id.toLowerCase() } }) : null;
  if (found === null) throw new NotFoundError("automation", id);
}
