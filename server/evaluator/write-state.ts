import sql, { type Sql } from "sql-template-tag";
import type { Bucket } from "../../core/trigger/bucket.ts";
import type { Memory } from "../../core/trigger/memory.ts";
import type { StateChange } from "../../core/trigger/state.ts";
import { storedKey } from "./stored-key.ts";

/** The statements that write what has become of buckets and memories, each row once. @param automationOf the automation that a trigger of any level belongs to */
export function writeState(
  changes: readonly StateChange[],
  automationOf: (triggerId: string) => string,
): Sql[] {
  const buckets: (Place & { bucket: Bucket })[] = [];
  const closed: Place[] = [];
  const memories: { triggerId: string; automationId: string; memory: Memory }[] = [];
  const forgotten: string[] = [];
  for (const change of changes) {
    const { triggerId } = change;
    if (change.kind === "memory") {
      if (change.memory === null) forgotten.push(triggerId);
      else memories.push({ triggerId, automationId: automationOf(triggerId), memory: change.memory });
    } else if (change.bucket === null) closed.push(change);
    else buckets.push({ triggerId, keyText: change.keyText, bucket: change.bucket });
  }
  const statements: Sql[] = [];
  if (closed.length > 0) statements.push(deleteBuckets(closed));
  if (buckets.length > 0) statements.push(upsertBuckets(buckets, automationOf));
  if (forgotten.length > 0) statements.push(forget(forgotten));
  if (memories.length > 0) statements.push(upsertMemories(memories));
  return statements;
}

/** The statements that delete all that these triggers keep. */
export function dropState(triggerIds: readonly string[]): Sql[] {
  if (triggerIds.length === 0) return [];
  return [sql`DELETE FROM bucket WHERE trigger_id = ANY (${[...triggerIds]}::uuid[])`, forget(triggerIds)];
}

function forget(triggerIds: readonly string[]): Sql {
  return sql`DELETE FROM trigger_memory WHERE trigger_id = ANY (${[...triggerIds]}::uuid[])`;
}

interface Place {
  triggerId: string;
  keyText: string;
}

function deleteBuckets(places: readonly Place[]): Sql {
  return sql`
    DELETE FROM bucket b USING unnest(${places.map((place) => place.triggerId)}::uuid[],
      ${places.map((place) => storedKey(place.keyText))}::text[]) AS gone (trigger_id, key)
    WHERE b.trigger_id = gone.trigger_id AND b.key = gone.key`;
}

function upsertBuckets(
  rows: readonly (Place & { bucket: Bucket })[],
  automationOf: (triggerId: string) => string,
): Sql {
  const keys = rows.map((row) => storedKey(row.keyText));
  return sql`
    INSERT INTO bucket (trigger_id, automation_id, key, long_key, start, "end", due_at, count, last_event, fired_at, counted)
    SELECT trigger_id, automation_id, key, long_key, start, "end", due_at, count, last_event, fired_at, counted::uuid[]
    FROM unnest(
      ${rows.map((row) => row.triggerId)}::uuid[],
      ${rows.map((row) => automationOf(row.triggerId))}::uuid[],
      ${keys}::text[],
      ${rows.map((row, index) => (keys[index] === row.keyText ? null : row.keyText))}::text[],
      ${rows.map((row) => instant(row.bucket.start))}::timestamptz[],
      ${rows.map((row) => instant(row.bucket.end))}::timestamptz[],
      ${rows.map((row) => instant(row.bucket.dueAt))}::timestamptz[],
      ${rows.map((row) => row.bucket.count)}::int[],
      ${rows.map((row) => row.bucket.lastEvent)}::uuid[],
      ${rows.map((row) => instant(row.bucket.firedAt))}::timestamptz[],
      ${rows.map(({ bucket }) => (bucket.counted.length === 0 ? null : `{${bucket.counted.join(",")}}`))}::text[]
    ) AS b (trigger_id, automation_id, key, long_key, start, "end", due_at, count, last_event, fired_at, counted)
    ON CONFLICT (trigger_id, key) DO UPDATE SET start = EXCLUDED.start, "end" = EXCLUDED."end", due_at = EXCLUDED.due_at,
      count = EXCLUDED.count, last_event = EXCLUDED.last_event, fired_at = EXCLUDED.fired_at, counted = EXCLUDED.counted`;
}

function upsertMemories(rows: readonly { triggerId: string; automationId: string; memory: Memory }[]): Sql {
  return sql`
    INSERT INTO trigger_memory (trigger_id, automation_id, due_at, state)
    SELECT * FROM unnest(
      ${rows.map((row) => row.triggerId)}::uuid[],
      ${rows.map((row) => row.automationId)}::uuid[],
      ${rows.map((row) => instant(row.memory.dueAt))}::timestamptz[],
      ${rows.map((row) => JSON.stringify(row.memory))}::json[])
    ON CONFLICT (trigger_id) DO UPDATE SET due_at = EXCLUDED.due_at, state = EXCLUDED.state`;
}

function instant(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}
