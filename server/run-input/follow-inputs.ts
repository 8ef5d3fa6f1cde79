import { inputsTopic } from "../bus/topic.ts";
import type { Context } from "../context.ts";
import { requireRun } from "../flow-run/require-run.ts";
import { seqOfCursor } from "../graphql/seq-page.ts";
import type { LiveSource } from "../live/source.ts";
import { findInputs } from "./find-inputs.ts";
import { knownAfter } from "./known-inputs.ts";
import { type InputFilter, satisfies } from "./read.ts";
import type { RunInputRow } from "./row.ts";

/** A run's messages and answers behind `after`, or from its first, and on as they are stored. */
export function followInputs(
  ctx: Context,
  args: { flowRunId: string; after?: string | null } & InputFilter,
): LiveSource<RunInputRow> {
  return {
    topic: inputsTopic(args.flowRunId),
    kind: "log",
    async open() {
      const position = args.after == null ? 0 : seqOfCursor(args.after);
      await requireRun(ctx, args.flowRunId);
      return { first: [], position };
    },
    async readAfter(after, limit) {
      if (`${args.inputType}${args.keyPrefix}`.includes("\0")) return [];
      const known = knownAfter(ctx, args.flowRunId, after, (row) => satisfies(row, args));
      if (known !== null) return known.map((row) => ({ position: row.seq ?? 0, row }));
      const which = { inputType: args.inputType, keyPrefix: args.keyPrefix ?? undefined, kind: args.kind };
      const inputs = await findInputs(ctx.db, args.flowRunId, { ...which, after, limit });
      // Every message and answer is numbered.
      return inputs.map((row) => ({ position: row.seq ?? 0, row }));
    },
  };
}
