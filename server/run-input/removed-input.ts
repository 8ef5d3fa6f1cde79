import sql, { type Sql } from "sql-template-tag";
import type { Executor } from "../db.ts";

/**
 * Deletes the inputs whose ids `which` selects. The idempotency keys of messages stay taken as long as their run is kept:
 * a second call under one of them stores nothing.
 */
export function removeInputs(db: Executor, which: Sql): Promise<{ id: string; flowRunId: string }[]> {
  return db.query(sql`
    WITH gone AS (DELETE FROM run_input WHERE id IN (${which}) RETURNING *),
    kept AS (
      INSERT INTO removed_input (flow_run_id, idempotency_key, id, key, seq, input_type, schema_digest, key_prefix, sender,
        in_reply_to, status, created_at)
      SELECT flow_run_id, idempotency_key, id, key, seq, input_type, schema_digest, key_prefix, sender, in_reply_to, status,
        created_at FROM gone WHERE kind = 'MESSAGE' AND idempotency_key IS NOT NULL
      ON CONFLICT DO NOTHING
    )
    SELECT id, flow_run_id FROM gone`);
}

/** In SQL: the message `x` of `removed_input` as the row that it was. Its value is gone, and is the JSON null. */
export const rowOfRemoved = sql`jsonb_populate_record(NULL::run_input,
  to_jsonb(x) || '{"kind": "MESSAGE", "claims": 0, "value": null}')`;
