import sql from "sql-template-tag";
import type { Context } from "../context.ts";
import type { Query } from "../flow-run/read.ts";
import type { Prisma, RunInput } from "../generated/prisma/client.ts";
import type { Connection } from "../graphql/connection.ts";
import { type SeqPageArgs, type SeqRange, seqPage } from "../graphql/seq-page.ts";
import type { RunInputRow } from "./row.ts";

/** What of a run's inputs is wanted: everything that is given must hold. */
export interface InputFilter {
  inputType?: string | null;
  /** The channel's prefix as it was given, compared exactly. */
  keyPrefix?: string | null;
  kind?: "MESSAGE" | "RESPONSE" | null;
}

/** A page of a run's messages and answers, oldest first. */
export async function pageOfInputs(
  ctx: Context,
  flowRunId: string,
  args: SeqPageArgs & InputFilter,
  query: Query,
): Promise<Connection<RunInput>> {
  const page = await seqPage(args, 50, (range, order, take) =>
    readInputs(ctx, flowRunId, args, { range, order, take, query }),
  );
  return { page, totalCount: () => ctx.prisma.runInput.count({ where: inputsOf(flowRunId, args) }) };
}

/** An input by its id; null where there is none. */
export async function readInput(ctx: Context, id: string): Promise<RunInputRow | null> {
  const [input] = await ctx.db.query<RunInputRow>(sql`SELECT * FROM run_input WHERE id = ${id}::uuid`);
  return input ?? null;
}

/** The run's messages and answers of a range, in order or backwards, at most `take`. */
function readInputs(
  ctx: Context,
  flowRunId: string,
  filter: InputFilter,
  options: { range: SeqRange; order: "asc" | "desc"; take: number; query?: Query },
): Promise<RunInput[]> {
  const { after, before } = options.range;
  return ctx.prisma.runInput.findMany({
    ...options.query,
    where: {
      ...inputsOf(flowRunId, filter),
      seq: { gt: after ?? 0, ...(before !== null && { lt: before }) },
    },
    orderBy: { seq: options.order },
    take: options.take,
  });
}

/** Whether a message or answer is what the filter wants. */
export function satisfies(row: RunInputRow, { inputType, keyPrefix, kind }: InputFilter): boolean {
  return (
    (inputType == null || row.inputType === inputType) &&
    (keyPrefix == null || row.keyPrefix === keyPrefix) &&
    (kind == null || row.kind === kind)
  );
}

function inputsOf(flowRunId: string, filter: InputFilter): Prisma.RunInputWhereInput {
  return {
    flowRunId,
    kind: filter.kind == null ? { in: ["MESSAGE", "RESPONSE"] } : filter.kind,
    ...(filter.inputType != null && { inputType: textIs(filter.inputType) }),
    ...(filter.keyPrefix != null && { keyPrefix: textIs(filter.keyPrefix) }),
  };
}

/** Postgres has no text with NUL: nothing is equal to one that has. */
function textIs(text: string) {
  return text.includes("\0") ? { in: [] } : text;
}
