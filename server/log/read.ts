import type { Context } from "../context.ts";
import type { Log } from "../generated/prisma/client.ts";
import type { Connection } from "../graphql/connection.ts";
import { type SeqPageArgs, type SeqRange, seqPage } from "../graphql/seq-page.ts";

/** A page of a run's log, oldest first. */
export async function pageOfLogs(
  ctx: Context,
  flowRunId: string,
  args: SeqPageArgs,
): Promise<Connection<Log>> {
  const page = await seqPage(args, 200, (range, order, take) =>
    readLogs(ctx, flowRunId, { range, order, take }),
  );
  return { page, totalCount: () => ctx.prisma.log.count({ where: { flowRunId } }) };
}

/** The lines of a range, in order or backwards, at most `take`. */
export function readLogs(
  ctx: Context,
  flowRunId: string,
  { range, order, take }: { range: SeqRange; order: "asc" | "desc"; take: number },
): Promise<Log[]> {
  const { after, before } = range;
  return ctx.prisma.log.findMany({
    where: { flowRunId, seq: { gt: after ?? 0, ...(before !== null && { lt: before }) } },
    orderBy: { seq: order },
    take,
  });
}
