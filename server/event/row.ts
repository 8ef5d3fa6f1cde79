import sql, { type Sql } from "sql-template-tag";
import type { Labels } from "../../core/event/event.ts";
import type { JsonObject } from "../../core/json.ts";

/** An event as it is stored. */
export interface EventRow {
  id: string;
  position: number;
  /** When it happened, by its sender's clock. */
  occurred: Date;
  /** When it was stored, by the log's clock. */
  received: Date;
  event: string;
  resource: Labels;
  related: Labels[];
  payload: JsonObject;
  follows: string | null;
}

/** Every column of an `EventRow`; `e` is the event. */
export const eventColumns: Sql = sql`e.id, e.position, e.occurred, e.received, e.event, e.resource, e.related, e.payload, e.follows`;
