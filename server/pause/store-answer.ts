import sql, { type Sql } from "sql-template-tag";
import type { Json } from "../../core/json.ts";
import { answerKey } from "../../core/run-input/keyset.ts";
import type { Pause } from "./pause.ts";

interface Answer {
  id: string;
  /** As it is stored: wrapped where the type is no object, with defaults filled in. */
  value: Json;
  submittedBy: string | null;
}

/** Stores the answer of a wait as the run's next input; part of the transition that leaves the wait. */
export function storeAnswer(pause: Pause, answer: Answer): Sql {
  return sql`INSERT INTO run_input (id, flow_run_id, key, kind, seq, input_type, schema_digest, value, submitted_by, status, created_at)
    SELECT ${answer.id}::uuid, id, ${answerKey(pause.key)}, 'RESPONSE', input_seq + 1, ${pause.inputType},
      ${pause.schemaDigest}, ${JSON.stringify(answer.value)}::json, ${answer.submittedBy}, 'PENDING', at FROM locked`;
}
