import { logsTopic } from "../bus/topic.ts";
import type { Context } from "../context.ts";
import { requireRun } from "../flow-run/require-run.ts";
import type { Log } from "../generated/prisma/client.ts";
import { seqOfCursor } from "../graphql/seq-page.ts";
import type { LiveSource } from "../live/source.ts";
import { readLogs } from "./read.ts";

/** A run's log behind `after`, or from its first line, and on as it grows. */
export function followLogs(
  ctx: Context,
  args: { flowRunId: string; after?: string | null },
): LiveSource<Log> {
  return {
    topic: logsTopic(args.flowRunId),
    kind: "log",
    async open() {
      const position = args.after == null ? 0 : seqOfCursor(args.after);
      await requireRun(ctx, args.flowRunId);
      return { first: [], position };
    },
    async readAfter(position, limit) {
      const range = { after: position, before: null };
      const lines = await readLogs(ctx, args.flowRunId, { range, order: "asc", take: limit });
      return lines.map((row) => ({ position: row.seq, row }));
    },
  };
}
