import sql from "sql-template-tag";
import type { Executor } from "../db.ts";
import { milliseconds } from "./stored-log.ts";

/** The last position of the log, 0 where it is empty. */
export async function endOfLog(db: Executor): Promise<number> {
  const [log] = await db.query<{ position: number }>(sql`SELECT position FROM event_log WHERE id = 1`);
  return log?.position ?? 0;
}

/**
 * The position of the last kept event that was received before an instant, up to `end`; one before the first kept where none was. `received`
 * never falls along the log, so it is looked for by halves.
 */
export async function lastBefore(db: Executor, instant: number, end: number): Promise<number> {
  const [first] = await db.query<{ position: number | null }>(
    sql`SELECT min(position) AS position FROM event`,
  );
  if (first === undefined || first.position === null) return end;
  let [before, behind] = [first.position - 1, end + 1];
  while (behind - before > 1) {
    const middle = Math.floor((before + behind) / 2);
    const [event] = await db.query<{ position: number; received: number }>(sql`
      SELECT position, ${milliseconds(sql`received`)} AS received FROM event
      WHERE position >= ${middle} AND position < ${behind} ORDER BY position LIMIT 1`);
    // Between two positions there may be none.
    if (event === undefined) behind = middle;
    else if (event.received < instant) before = event.position;
    else behind = middle;
  }
  return before;
}
