import sql, { type Sql } from "sql-template-tag";
import type { NewEvent } from "../../core/event/new-event.ts";

/** What became of one event of a batch, in the batch's order. */
export interface AppendedEvent {
  id: string;
  position: number;
  received: Date;
  /** Whether it was there already, and nothing was stored. */
  known: boolean;
}

/**
 * The statement that appends events to the log, in their order, and answers a row of {@link AppendedEvent} for each. It takes the log's
 * lock: run it on its own, or as a transaction's last statement (`tx.last`). Whoever ran it wakes the topic `events`.
 *
 * @param given ids that senders chose, and that may be known
 */
export function appendEvents(events: readonly NewEvent[], given: ReadonlySet<string> = new Set()): Sql {
  const batch = events.map((event) => ({ ...event, given: given.has(event.id) }));
  return sql`SELECT id, position, received, known FROM append_events(${JSON.stringify(batch)}::json) ORDER BY n`;
}

/**
 * The statement that appends events whose ids nobody can have stored before, with no answer for each: the quicker way for a
 * transaction's last statement that makes many.
 */
export function appendFreshEvents(events: readonly NewEvent[]): Sql {
  return sql`SELECT first, received FROM append_fresh_events(${JSON.stringify(events)}::json)`;
}
