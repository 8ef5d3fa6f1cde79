import type { LogLineFragment } from "../../../gql/graphql.ts";

/** The lines that a page holds, oldest first, in pieces that stay the same while lines come in behind them. */
export interface LogBook {
  pieces: readonly LogPiece[];
  count: number;
  /** Whether there are lines before the first one. */
  hasEarlier: boolean;
}
export interface LogPiece {
  key: string;
  lines: readonly LogLineFragment[];
}

const pieceLength = 100;

export function openLogBook(lines: readonly LogLineFragment[], hasEarlier: boolean): LogBook {
  return { pieces: cut(lines), count: lines.length, hasEarlier };
}

/** The book with lines behind it. Beyond `most` lines, the oldest pieces are let go. */
export function append(book: LogBook, lines: readonly LogLineFragment[], most: number): LogBook {
  const last = book.pieces.at(-1);
  const open = last !== undefined && last.lines.length < pieceLength;
  const kept = open ? book.pieces.slice(0, -1) : book.pieces;
  const pieces = [...kept, ...cut(open ? [...last.lines, ...lines] : lines)];
  let count = book.count + lines.length;
  let { hasEarlier } = book;
  while (count > most && pieces.length > 1) {
    count -= pieces.shift()?.lines.length ?? 0;
    hasEarlier = true;
  }
  return { pieces, count, hasEarlier };
}

/** The book with the lines that come before it. */
export function prepend(book: LogBook, lines: readonly LogLineFragment[], hasEarlier: boolean): LogBook {
  return { pieces: [...cut(lines), ...book.pieces], count: book.count + lines.length, hasEarlier };
}

export function firstCursor(book: LogBook): string | null {
  return book.pieces[0]?.lines[0]?.cursor ?? null;
}

export function lastCursor(book: LogBook): string | null {
  return book.pieces.at(-1)?.lines.at(-1)?.cursor ?? null;
}

function cut(lines: readonly LogLineFragment[]): LogPiece[] {
  const pieces: LogPiece[] = [];
  for (let start = 0; start < lines.length; start += pieceLength) {
    const part = lines.slice(start, start + pieceLength);
    pieces.push({ key: part[0]?.cursor ?? "", lines: part });
  }
  return pieces;
}
