import { inputsTopic } from "../bus/topic.ts";
import type { Context } from "../context.ts";
import { requireRun } from "../flow-run/require-run.ts";
import type { RunInput } from "../generated/prisma/client.ts";
import { seqOfCursor } from "../graphql/seq-page.ts";
import type { LiveSource } from "../live/source.ts";
import { type InputFilter, readInputs } from "./read.ts";

/** A run's messages and answers behind `after`, or from its first, and on as they are stored. */
export function followInputs(
  ctx: Context,
  args: { flowRunId: string; after?: string | null } & InputFilter,
): LiveSource<RunInput> {
  return {
    topic: inputsTopic(args.flowRunId),
    kind: "log",
    async open() {
      const position = args.after == null ? 0 : seqOfCursor(args.after);
      await requireRun(ctx, args.flowRunId);
      return { first: [], position };
    },
    async readAfter(position, limit) {
      const range = { after: position, before: null };
      const inputs = await readInputs(ctx, args.flowRunId, args, { range, order: "asc", take: limit });
      // Every message and answer is numbered.
      return inputs.map((row) => ({ position: row.seq ?? 0, row }));
    },
  };
}
