import type { Page } from "./connection.ts";
import { pageSize } from "./page-size.ts";
import { badCursor, badUserInput } from "./request-error.ts";

/** The arguments of a list that is numbered, oldest first. */
export interface SeqPageArgs {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** The rows between two numbers (neither included, null for no end). */
export interface SeqRange {
  after: number | null;
  before: number | null;
}

/** Reads at most `take` rows of a range, in order or backwards. */
export type ReadSeqRange<Row> = (range: SeqRange, order: "asc" | "desc", take: number) => Promise<Row[]>;

const maxSeq = 2 ** 31 - 2;

/** The number that a cursor of a numbered list stands for. @throws GraphQLError with the code BAD_CURSOR */
export function seqOfCursor(cursor: string): number {
  const seq = /^(0|[1-9]\d{0,9})$/.test(cursor) ? Number(cursor) : Number.NaN;
  if (!(seq <= maxSeq)) throw badCursor(cursor);
  return seq;
}

/**
 * A page of a list whose rows are numbered by `seq`. It is always in order, also with `last`. Where neither `first`
 * nor `last` is given it holds `usual` rows: the first ones, or the last ones where only `before` is given.
 *
 * @throws GraphQLError with the code BAD_USER_INPUT or BAD_CURSOR
 */
export async function seqPage<Row extends { seq: number | null }>(
  args: SeqPageArgs,
  usual: number,
  read: ReadSeqRange<Row>,
): Promise<Page<Row>> {
  const asked = askedRange(args, usual);
  const { range, forward } = asked;
  const rows = asked.size === 0 ? [] : await read(range, forward ? "asc" : "desc", asked.size + 1);
  const more = rows.length > asked.size;
  const nodes = rows.slice(0, asked.size);
  if (!forward) nodes.reverse();
  const start = nodes[0]?.seq ?? null;
  const end = nodes.at(-1)?.seq ?? null;
  const any = async (after: number | null, before: number | null) =>
    (await read({ after, before }, "asc", 1)).length > 0;
  return {
    nodes,
    pageInfo: {
      hasNextPage: () => {
        if (forward && more) return true;
        if (end !== null) return any(end, null);
        if (forward) return any(range.after, null);
        return range.before !== null && any(range.before - 1, null);
      },
      hasPreviousPage: () => {
        if (!forward && more) return true;
        if (start !== null) return any(null, start);
        if (!forward) return any(null, range.before);
        return range.after !== null && any(null, range.after + 1);
      },
      startCursor: start === null ? null : String(start),
      endCursor: String(end ?? range.after ?? 0),
    },
  };
}

function askedRange(args: SeqPageArgs, usual: number): { range: SeqRange; size: number; forward: boolean } {
  const { first, last } = args;
  if (first != null && last != null) {
    throw badUserInput(`first: ${first} and last: ${last} contradict each other; give one of them`);
  }
  const range = {
    after: args.after == null ? null : seqOfCursor(args.after),
    before: args.before == null ? null : seqOfCursor(args.before),
  };
  if (first != null) return { range, size: pageSize("first", first), forward: true };
  if (last != null) return { range, size: pageSize("last", last), forward: false };
  return { range, size: usual, forward: range.after !== null || range.before === null };
}
