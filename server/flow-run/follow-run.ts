import { runTopic } from "../bus/topic.ts";
import type { Context } from "../context.ts";
import type { LiveSource } from "../live/source.ts";
import { requireRun } from "./require-run.ts";

/** A run, present first, then whenever it changes. */
export function followRun(ctx: Context, { flowRunId }: { flowRunId: string }): LiveSource<{ id: string }> {
  return {
    topic: runTopic(flowRunId),
    kind: "state",
    async open() {
      const { position } = await requireRun(ctx, flowRunId);
      return { first: [{ id: flowRunId }], position };
    },
    async readAfter(position) {
      const run = await ctx.prisma.flowRun.findFirst({
        where: { id: flowRunId, position: { gt: position } },
        select: { position: true },
      });
      return run === null ? [] : [{ position: Number(run.position), row: { id: flowRunId } }];
    },
  };
}
