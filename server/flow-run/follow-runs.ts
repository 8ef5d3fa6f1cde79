import type { Context } from "../context.ts";
import type { LiveSource } from "../live/source.ts";
import { type FlowRunFilter, runsThatEverSatisfied } from "./filter.ts";

/**
 * The runs of a filtered list whenever one of them changes, from now on. A run that satisfied the filter in one of its
 * states before comes too, so that it can be taken off the list; whoever shows it looks at its state.
 */
export function followRuns(
  ctx: Context,
  args: { filter?: FlowRunFilter | null },
): LiveSource<{ id: string }> {
  const concerned = runsThatEverSatisfied(args.filter);
  return {
    topic: "flow-runs",
    kind: "state",
    async open() {
      const { _max } = await ctx.prisma.flowRun.aggregate({ _max: { position: true } });
      return { first: [], position: Number(_max.position ?? 0) };
    },
    async readAfter(position, limit) {
      const runs = await ctx.prisma.flowRun.findMany({
        where: { AND: [{ position: { gt: position } }, concerned] },
        select: { id: true, position: true },
        orderBy: { position: "asc" },
        take: limit,
      });
      return runs.map((run) => ({ position: Number(run.position), row: { id: run.id } }));
    },
  };
}
