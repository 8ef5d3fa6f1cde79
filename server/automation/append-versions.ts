import sql, { type Sql } from "sql-template-tag";
import type { NewEvent } from "../../core/event/new-event.ts";
import { appendEvents } from "../event/append-events.ts";

/**
 * The statement that appends events to the log and gives the versions of automations that they tell of their places in it. At least one
 * of them must tell of a version; others may be among them. It takes the log's lock: run it as a transaction's last statement
 * (`tx.last`), and wake the topic `events` afterwards.
 */
export function appendVersions(events: readonly NewEvent[]): Sql {
  return sql`
    WITH stored AS MATERIALIZED (${appendEvents(events)})
    UPDATE automation_version v SET position = stored.position FROM stored WHERE v.event_id = stored.id`;
}
