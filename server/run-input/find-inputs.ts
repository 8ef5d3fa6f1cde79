import sql, { empty } from "sql-template-tag";
import type { Executor } from "../db.ts";
import type { RunInputRow } from "./row.ts";

/**
 * The messages and answers of a run behind `after`, oldest first.
 *
 * @param which `keyPrefix` null: only what was sent without one; left out: any
 */
export async function findInputs(
  db: Executor,
  flowRunId: string,
  which: {
    inputType?: string | null | undefined;
    keyPrefix?: string | null | undefined;
    kind?: "MESSAGE" | "RESPONSE" | null | undefined;
    excludeKeys?: readonly string[];
    after?: number;
    limit: number;
  },
): Promise<RunInputRow[]> {
  return db.query<RunInputRow>(sql`
    SELECT * FROM run_input i WHERE i.flow_run_id = ${flowRunId}::uuid AND i.seq > ${which.after ?? 0}
      ${which.keyPrefix === undefined ? empty : sql`AND i.key_prefix IS NOT DISTINCT FROM ${which.keyPrefix}`}
      ${which.inputType == null ? empty : sql`AND i.input_type = ${which.inputType}`}
      ${which.kind == null ? empty : sql`AND i.kind = ${which.kind}`}
      ${which.excludeKeys?.length ? sql`AND NOT i.key = ANY(${[...which.excludeKeys]}::text[])` : empty}
    ORDER BY i.seq LIMIT ${which.limit}`);
}
