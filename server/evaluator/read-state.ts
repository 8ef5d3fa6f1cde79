import sql, { type Sql } from "sql-template-tag";
import type { Bucket } from "../../core/trigger/bucket.ts";
import type { Memory } from "../../core/trigger/memory.ts";
import type { Executor } from "../db.ts";
import { storedKey } from "./stored-key.ts";

/** A stored bucket and where it belongs. */
export interface StoredBucket {
  readonly triggerId: string;
  readonly keyText: string;
  readonly bucket: Bucket;
}

export interface StoredMemory {
  readonly triggerId: string;
  readonly memory: Memory;
}

interface BucketRow {
  triggerId: string;
  key: string;
  longKey: string | null;
  start: Date | null;
  end: Date | null;
  dueAt: Date | null;
  count: number;
  lastEvent: string | null;
  firedAt: Date | null;
  counted: string[] | null;
}

const columns: Sql = sql`b.trigger_id, b.key, b.long_key, b.start, b."end", b.due_at, b.count, b.last_event, b.fired_at, b.counted`;

/** Those of these buckets that are there. */
export async function readBuckets(
  db: Executor,
  places: readonly { triggerId: string; keyText: string }[],
): Promise<StoredBucket[]> {
  if (places.length === 0) return [];
  const rows = await db.query<BucketRow>(sql`
    SELECT ${columns} FROM unnest(${places.map((place) => place.triggerId)}::uuid[],
      ${places.map((place) => storedKey(place.keyText))}::text[]) AS wanted (trigger_id, key)
    JOIN bucket b ON b.trigger_id = wanted.trigger_id AND b.key = wanted.key`);
  return rows.map(bucketOf);
}

/** Those of these memories that are there. */
export async function readMemories(db: Executor, triggerIds: readonly string[]): Promise<StoredMemory[]> {
  if (triggerIds.length === 0) return [];
  return db.query<StoredMemory>(sql`
    SELECT trigger_id, state AS memory FROM trigger_memory WHERE trigger_id = ANY (${[...triggerIds]}::uuid[])`);
}

/** The buckets that are due at or before an instant of the evaluation clock, in that order, at most `limit`. */
export async function readDueBuckets(db: Executor, until: number, limit: number): Promise<StoredBucket[]> {
  const rows = await db.query<BucketRow>(sql`
    SELECT ${columns} FROM bucket b WHERE b.due_at <= ${new Date(until)} ORDER BY b.due_at LIMIT ${limit}`);
  return rows.map(bucketOf);
}

/** All buckets that are due at exactly this instant. */
export async function readBucketsDueAt(db: Executor, instant: number): Promise<StoredBucket[]> {
  const rows = await db.query<BucketRow>(sql`
    SELECT ${columns} FROM bucket b WHERE b.due_at = ${new Date(instant)}`);
  return rows.map(bucketOf);
}

export async function readDueMemories(db: Executor, until: number): Promise<StoredMemory[]> {
  return db.query<StoredMemory>(sql`
    SELECT trigger_id, state AS memory FROM trigger_memory WHERE due_at <= ${new Date(until)}`);
}

/** The first instant of the evaluation clock at which something stored is due; null for none. And the log's clock. */
export async function readNextDue(db: Executor): Promise<{ due: number | null; now: number }> {
  const [row] = await db.query<{ bucket: Date | null; memory: Date | null; now: Date }>(sql`
    SELECT (SELECT min(due_at) FROM bucket WHERE due_at IS NOT NULL) AS bucket,
      (SELECT min(due_at) FROM trigger_memory WHERE due_at IS NOT NULL) AS memory,
      (SELECT GREATEST(clock_timestamp(), received) FROM event_log) AS now`);
  const dues = [row?.bucket, row?.memory].flatMap((due) => due?.getTime() ?? []);
  return { due: dues.length === 0 ? null : Math.min(...dues), now: row?.now.getTime() ?? Date.now() };
}

function bucketOf(row: BucketRow): StoredBucket {
  return {
    triggerId: row.triggerId,
    keyText: row.longKey ?? row.key,
    bucket: {
      start: row.start?.getTime() ?? null,
      end: row.end?.getTime() ?? null,
      dueAt: row.dueAt?.getTime() ?? null,
      count: row.count,
      lastEvent: row.lastEvent,
      firedAt: row.firedAt?.getTime() ?? null,
      counted: row.counted ?? [],
    },
  };
}
