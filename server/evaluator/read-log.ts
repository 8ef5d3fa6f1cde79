import sql from "sql-template-tag";
import type { Labels, LogEvent } from "../../core/event/event.ts";
import type { Executor } from "../db.ts";

/** An event as the evaluator reads it: without its payload, which no trigger looks at. */
export interface ReadEvent extends LogEvent {
  /** The automations that led to it, first to last. */
  readonly chain: readonly string[];
}

interface EventRow {
  id: string;
  position: number;
  occurred: Date;
  received: Date;
  event: string;
  resource: Labels;
  related: Labels[];
  follows: string | null;
  chain: string[] | null;
}

const columns = sql`id, position, occurred, received, event, resource, related, follows, chain`;

/** The events behind a position, in order, at most `limit`. */
export async function readLog(db: Executor, position: number, limit: number): Promise<ReadEvent[]> {
  const rows = await db.query<EventRow>(sql`
    SELECT ${columns} FROM event WHERE position > ${position} ORDER BY position LIMIT ${limit}`);
  return rows.map(eventOf);
}

/** The events at these positions, in order; those no longer kept are left out. */
export async function readPositions(db: Executor, positions: readonly number[]): Promise<ReadEvent[]> {
  if (positions.length === 0) return [];
  const rows = await db.query<EventRow>(sql`
    SELECT ${columns} FROM event WHERE position = ANY (${[...positions]}::bigint[]) ORDER BY position`);
  return rows.map(eventOf);
}

/** Which of these ids belong to events that are kept, and where each stands. */
export async function findPositions(db: Executor, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<{ id: string; position: number }>(sql`
    SELECT id, position FROM event WHERE id = ANY (${[...ids]}::uuid[])`);
  return new Map(rows.map(({ id, position }) => [id, position]));
}

function eventOf(row: EventRow): ReadEvent {
  return {
    ...row,
    occurred: row.occurred.getTime(),
    received: row.received.getTime(),
    chain: row.chain ?? [],
  };
}
