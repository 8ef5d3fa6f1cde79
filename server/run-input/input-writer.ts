import sql from "sql-template-tag";
import type { Db } from "../db.ts";
import { stampedSql } from "../flow-run/stamp.ts";
import { answersOrThrows } from "./postgres-error.ts";
import { rowOfRemoved } from "./removed-input.ts";
import type { RunInputRow } from "./row.ts";

/** A message that is to be stored. */
export interface NewMessage {
  id: string;
  flowRunId: string;
  key: string;
  inputType: string;
  schemaDigest: string | null;
  keyPrefix: string | null;
  channel: string;
  /** JSON text */
  value: string;
  sender: string | null;
  inReplyTo: string | null;
  idempotencyKey: string | null;
  /** The digest of the channel's schema that the value was checked against; null where there was none. */
  checkedDigest: string | null;
  /** JSON text: the event of it, less its moment. */
  event: string;
}

/** What became of it. */
export type Written =
  | { verdict: "STORED" | "KNOWN"; row: RunInputRow }
  | { verdict: "NO_RUN" | "FINISHED" }
  /** The channel has another schema than the one that was checked. */
  | { verdict: "SCHEMA"; channelDigest: string | null };

interface Waiting {
  message: NewMessage;
  resolve(written: Written): void;
  reject(error: unknown): void;
}

const mostAtOnce = 500;

/**
 * Stores messages with their events. All that wait are written by one statement, one statement at a time, so that throughput grows with the
 * load and the messages of one caller keep their order.
 */
export class InputWriter {
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(private readonly db: Db) {}

  write(message: NewMessage): Promise<Written> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ message, resolve, reject });
      if (!this.#writing) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      try {
        const written = await answersOrThrows(() =>
          writeMessages(
            this.db,
            batch.map(({ message }) => message),
          ),
        );
        batch.forEach(({ resolve }, index) => {
          // One result for each message, in their order.
          resolve(written[index] as Written);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = false;
  }

  /** The next batch. Two messages under one idempotency key never share it: the second one must find the first one stored. */
  #take(): Waiting[] {
    const keys = new Set<string>();
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    for (const waiting of this.#waiting) {
      const { flowRunId, idempotencyKey } = waiting.message;
      const key = `${flowRunId} ${idempotencyKey}`;
      if (batch.length >= mostAtOnce || (idempotencyKey !== null && keys.has(key))) later.push(waiting);
      else {
        batch.push(waiting);
        if (idempotencyKey !== null) keys.add(key);
      }
    }
    this.#waiting = later;
    return batch;
  }
}

interface WrittenRow extends RunInputRow {
  n: number;
  verdict: "STORED" | "KNOWN" | "NO_RUN" | "FINISHED" | "SCHEMA";
  channelDigest: string | null;
}

async function writeMessages(db: Db, messages: NewMessage[]): Promise<Written[]> {
  const column = (name: keyof NewMessage) => messages.map((message) => message[name]);
  const rows = await db.query<WrittenRow>(sql`
    WITH given AS MATERIALIZED (
      SELECT * FROM unnest(${column("id")}::uuid[], ${column("flowRunId")}::uuid[], ${column("key")}::text[],
        ${column("inputType")}::text[], ${column("schemaDigest")}::text[], ${column("keyPrefix")}::text[],
        ${column("channel")}::text[], ${column("value")}::text[], ${column("sender")}::text[],
        ${column("inReplyTo")}::text[], ${column("idempotencyKey")}::text[], ${column("checkedDigest")}::text[],
        ${column("event")}::jsonb[])
      WITH ORDINALITY AS g(id, flow_run_id, key, input_type, schema_digest, key_prefix, channel, value, sender,
        in_reply_to, idempotency_key, checked_digest, event, n)
    ), locked AS MATERIALIZED (
      SELECT id, state_type, input_seq FROM flow_run WHERE id IN (SELECT flow_run_id FROM given) ORDER BY id FOR UPDATE
    ), judged AS MATERIALIZED (
      SELECT g.*, l.input_seq, c.schema_digest AS channel_digest, k.id AS known_id, x.id AS removed_id,
        CASE WHEN l.id IS NULL THEN 'NO_RUN' WHEN k.id IS NOT NULL OR x.id IS NOT NULL THEN 'KNOWN'
          WHEN l.state_type IN ('COMPLETED', 'FAILED', 'CRASHED', 'CANCELLED') THEN 'FINISHED'
          WHEN c.schema_digest IS DISTINCT FROM g.checked_digest THEN 'SCHEMA' ELSE 'STORED' END AS verdict
      FROM given g LEFT JOIN locked l ON l.id = g.flow_run_id
        LEFT JOIN run_input k ON k.flow_run_id = g.flow_run_id AND k.idempotency_key = g.idempotency_key
        LEFT JOIN removed_input x ON x.flow_run_id = g.flow_run_id AND x.idempotency_key = g.idempotency_key
        LEFT JOIN input_channel c ON c.flow_run_id = g.flow_run_id AND c.name = g.channel
    ), numbered AS MATERIALIZED (
      SELECT *, (input_seq + row_number() OVER (PARTITION BY flow_run_id ORDER BY n))::int AS seq FROM judged
      WHERE verdict = 'STORED'
    ), counted AS (
      UPDATE flow_run r SET input_seq = r.input_seq + c.stored
      FROM (SELECT flow_run_id, count(*)::int AS stored FROM numbered GROUP BY flow_run_id) c WHERE r.id = c.flow_run_id
      RETURNING r.id
    ), stored AS (
      INSERT INTO run_input (id, flow_run_id, key, kind, seq, input_type, schema_digest, key_prefix, value, sender,
        in_reply_to, idempotency_key, created_at)
      SELECT id, flow_run_id, key, 'MESSAGE', seq, input_type, schema_digest, key_prefix, value::json, sender,
        in_reply_to, idempotency_key, clock_timestamp() FROM numbered
      RETURNING *
    ), told AS MATERIALIZED (
      SELECT append_fresh_events(batch) FROM (
        SELECT json_agg(${stampedSql(sql`g.event`, sql`s.created_at`)} ORDER BY g.n) AS batch FROM stored s JOIN given g ON g.id = s.id
      ) events WHERE batch IS NOT NULL AND (SELECT count(*) FROM counted) > 0
    )
    SELECT j.n::int, j.verdict, j.channel_digest,
      EXISTS (SELECT FROM presence p WHERE p.flow_run_id = j.flow_run_id AND p.channel = j.channel) AS listening, s.*
    FROM judged j LEFT JOIN LATERAL (
      SELECT * FROM stored WHERE stored.id = j.id UNION ALL SELECT * FROM run_input k WHERE k.id = j.known_id
      UNION ALL SELECT r.* FROM removed_input x, ${rowOfRemoved} r
        WHERE x.id = j.removed_id AND x.flow_run_id = j.flow_run_id AND x.idempotency_key = j.idempotency_key
    ) s ON true
    WHERE (SELECT count(*) FROM told) >= 0
    ORDER BY j.n`);
  return rows.map(writtenOf);
}

function writtenOf({ n: _, verdict, channelDigest, ...row }: WrittenRow): Written {
  switch (verdict) {
    case "STORED":
    case "KNOWN":
      return { verdict, row };
    case "SCHEMA":
      return { verdict, channelDigest };
    case "NO_RUN":
    case "FINISHED":
      return { verdict };
  }
}
