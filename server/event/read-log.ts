import sql, { type Sql } from "sql-template-tag";
import type { Executor } from "../db.ts";
import { type EventRow, eventColumns } from "./row.ts";

/** What one statement brings at most, in bytes of JSON; a single larger event comes alone. */
const mostBytes = 8 * 1024 * 1024;

export interface LogPiece {
  rows: EventRow[];
  /** Of each row, the bytes of its JSON. */
  sizes: number[];
  /** Whether it was cut for its size, before its limit or end. */
  cut: boolean;
}

/** The events that satisfy a condition on `e`, in the order of the log or backwards, at most `limit` and not too much at once. */
export async function readLog(
  db: Executor,
  where: Sql,
  { order, limit }: { order: "asc" | "desc"; limit: number },
): Promise<LogPiece> {
  const direction = order === "asc" ? sql`ASC` : sql`DESC`;
  const rows = await db.query<EventRow & { size: number; total: number }>(sql`
    WITH found AS (
      SELECT ${eventColumns}, octet_length(e.resource::text) + octet_length(e.related::text) + octet_length(e.payload::text) AS size
      FROM event e WHERE ${where} ORDER BY e.position ${direction} LIMIT ${limit}
    ), measured AS (
      SELECT *, sum(size) OVER (ORDER BY position ${direction}) AS total FROM found
    )
    SELECT * FROM measured WHERE total - size < ${mostBytes} ORDER BY position ${direction}`);
  return {
    rows: rows.map(({ size: _, total: __, ...row }) => row),
    sizes: rows.map(({ size }) => size),
    cut: (rows.at(-1)?.total ?? 0) >= mostBytes,
  };
}

/** The places of the oldest event that is kept and of the newest; where none is kept, the range is empty. */
export async function keptRange(db: Executor): Promise<{ first: number; last: number }> {
  const [range] = await db.query<{ first: number; last: number }>(
    sql`SELECT COALESCE((SELECT min(position) FROM event), position + 1) AS first, position AS last FROM event_log`,
  );
  if (range === undefined) throw new Error("the log of events has no row in event_log");
  return range;
}
