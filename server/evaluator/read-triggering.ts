import sql from "sql-template-tag";
import type { ShownEvent } from "../../core/action/firing-event.ts";
import type { Labels } from "../../core/event/event.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Executor } from "../db.ts";

/** An event on which something fired. */
export interface TriggeringEvent {
  readonly shown: ShownEvent;
  /** The automations that led to it. */
  readonly chain: readonly string[];
}

/**
 * Characters of a payload; a larger one is left out wherever the event is shown in another. Shown are at most 64 KiB, but of an event that
 * tells of a firing those that the event within it has are not counted.
 */
const mostCharacters = 2 * 64 * 1024;

/** Those of these events that are kept, by their ids. */
export async function readTriggering(
  db: Executor,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TriggeringEvent>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<{
    id: string;
    occurred: Date;
    received: Date;
    event: string;
    resource: Labels;
    related: Labels[];
    payload: JsonObject | null;
    follows: string | null;
    chain: string[] | null;
  }>(sql`
    SELECT id, occurred, received, event, resource, related, follows, chain,
      CASE WHEN length(payload::text) <= ${mostCharacters} THEN payload END AS payload
    FROM event WHERE id = ANY (${[...new Set(ids)]}::uuid[])`);
  return new Map(rows.map(({ chain, ...row }) => [row.id, { shown: shownEvent(row), chain: chain ?? [] }]));
}

function shownEvent(
  row: Omit<ShownEvent, "occurred" | "received" | "payload"> & {
    occurred: Date;
    received: Date;
    payload: JsonObject | null;
  },
): ShownEvent {
  return {
    ...row,
    occurred: row.occurred.toISOString(),
    received: row.received.toISOString(),
    payload: row.payload ?? { truncated: true },
  };
}
