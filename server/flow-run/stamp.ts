import sql, { empty, type Sql } from "sql-template-tag";
import type { NewEvent } from "../../core/event/new-event.ts";
import { followsWithin, type UntimedEvent } from "../../core/event/untimed-event.ts";
import { stateTimestamp } from "../../core/flow-run/state-event.ts";

/** An event as jsonb in SQL. */
export function eventSql(event: UntimedEvent | NewEvent): Sql {
  return sql`${JSON.stringify(event)}::jsonb`;
}

/** The event, jsonb in SQL, as one that happened at the moment `at`, which the statement itself gives. */
export function stampedSql(event: Sql, at: Sql, follows: Sql | null = null): Sql {
  const follow = follows === null ? empty : sql`, 'follows', ${follows}`;
  return sql`(${event} || jsonb_build_object('occurred', ${at}${follow}))`;
}

/**
 * `stampStateEvent` in SQL: the event of a state that begins at `at`.
 *
 * @param before the state before, as SQL; null for a run's first one
 */
export function stampedStateSql(event: Sql, at: Sql, before: { id: Sql; timestamp: Sql } | null): Sql {
  const follows = before && followsSql(before, at);
  return sql`jsonb_set(${stampedSql(event, at, follows)}, ${["resource", stateTimestamp]}::text[], ${timestampSql(at)})`;
}

/** The event as JSON text in SQL, of one that happened at the moment `at`: cheaper than by jsonb, which reads and writes it anew. */
export function eventText(event: UntimedEvent, at: Sql): Sql {
  return sql`('{"occurred":' || to_json(${at})::text || ${`,${JSON.stringify(event).slice(1)}`}::text)`;
}

/** `stampedStateSql` as JSON text in SQL. */
export function stateEventText(
  event: UntimedEvent,
  at: Sql,
  before: { id: Sql; timestamp: Sql } | null,
): Sql {
  const json = JSON.stringify({ ...event, resource: { ...event.resource, [stateTimestamp]: "" } });
  // Within a text the quotes would be escaped, and what comes before are ids and labels' names of our own.
  const label = `${JSON.stringify(stateTimestamp)}:"`;
  const cut = json.indexOf(label) + label.length;
  const follows =
    before === null ? sql`'null'` : sql`COALESCE('"' || (${followsSql(before, at)})::text || '"', 'null')`;
  return sql`('{"occurred":' || to_json(${at})::text || ',"follows":' || ${follows} || ${`,${json.slice(1, cut)}`}::text || ${isoText(at)} || ${json.slice(cut)}::text)`;
}

/** A moment as a JSON text, as `Date.toISOString` writes it. */
export function timestampSql(at: Sql): Sql {
  return sql`to_jsonb(${isoText(at)})`;
}

function isoText(at: Sql): Sql {
  return sql`to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

function followsSql(before: { id: Sql; timestamp: Sql }, at: Sql): Sql {
  return sql`CASE WHEN ${at} - ${before.timestamp} < ${followsWithin} * interval '1 second' THEN ${before.id} END`;
}
