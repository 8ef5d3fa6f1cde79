import sql from "sql-template-tag";
import type { ShownEvent } from "../../core/action/firing-event.ts";
import type { Executor } from "../db.ts";
import { type EventRow, eventColumns } from "../event/row.ts";

/** Those of these events that are kept, in the order of the ids. */
export async function readInvolved(db: Executor, ids: readonly (string | null)[]): Promise<ShownEvent[]> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return [];
  const rows = await db.query<EventRow>(
    sql`SELECT ${eventColumns} FROM event e WHERE e.id = ANY (${wanted}::uuid[])`,
  );
  const found = new Map(rows.map((row) => [row.id, shownEvent(row)]));
  return wanted.flatMap((id) => found.get(id) ?? []);
}

function shownEvent(row: EventRow): ShownEvent {
  const { id, event, resource, related, payload, follows } = row;
  const [occurred, received] = [row.occurred.toISOString(), row.received.toISOString()];
  return { id, event, occurred, received, resource, related, payload, follows };
}
