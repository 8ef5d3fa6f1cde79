import sql, { empty } from "sql-template-tag";
import { AlreadyExistsError, InvalidInputError, NotFoundError } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Json } from "../../core/json.ts";
import { checkKey } from "../../core/run-input/keyset.ts";
import type { Executor } from "../db.ts";
import type { RunInputRow } from "./row.ts";

/** A row that is stored under a key of the caller's choice. */
export interface KeyedInput {
  id: string;
  flowRunId: string;
  key: string;
  kind: "SCHEMA" | "DESCRIPTION" | "MESSAGE";
  value: Json;
  sender?: string | null;
}

/**
 * Stores an input under a key.
 *
 * @throws InvalidInputError for a key that is not of lower-case letters, digits and dashes
 * @throws AlreadyExistsError where the run has an input of this key
 * @throws NotFoundError for an unknown run
 */
export async function createInput(db: Executor, input: KeyedInput): Promise<RunInputRow> {
  const problem = checkKey(input.key);
  if (problem !== null) throw InvalidInputError.at(["key"], problem);
  const numbered = input.kind === "MESSAGE" ? sql`numbered.input_seq` : sql`NULL`;
  const count = input.kind === "MESSAGE" ? sql`input_seq + 1` : sql`input_seq`;
  const [stored] = isId(input.flowRunId)
    ? await db.query<RunInputRow & { known: boolean }>(sql`
        WITH numbered AS (
          UPDATE flow_run SET input_seq = ${count} WHERE id = ${input.flowRunId}::uuid
            AND NOT EXISTS (SELECT FROM run_input WHERE flow_run_id = ${input.flowRunId}::uuid AND key = ${input.key})
          RETURNING id, input_seq
        )
        INSERT INTO run_input (id, flow_run_id, key, kind, seq, value, sender)
        SELECT ${input.id}::uuid, id, ${input.key}, ${input.kind}, ${numbered}, ${JSON.stringify(input.value)}::json,
          ${input.sender ?? null} FROM numbered RETURNING *`)
    : [];
  if (stored !== undefined) return stored;
  if ((await findInput(db, input.flowRunId, input.key)) !== null) {
    throw new AlreadyExistsError(
      `flow run ${input.flowRunId} has an input of the key ${JSON.stringify(input.key)} already`,
    );
  }
  throw new NotFoundError("flow run", input.flowRunId);
}

/** The input of a run under this key; null where there is none. */
export async function findInput(db: Executor, flowRunId: string, key: string): Promise<RunInputRow | null> {
  if (!isId(flowRunId)) return null;
  const [found] = await db.query<RunInputRow>(sql`
    SELECT * FROM run_input WHERE flow_run_id = ${flowRunId}::uuid AND key = ${key}`);
  return found ?? null;
}

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

/** Deletes the input of this key, whatever it is. @returns whether there was one */
export async function removeInput(db: Executor, flowRunId: string, key: string): Promise<boolean> {
  if (!isId(flowRunId)) return false;
  const gone = await db.query(
    sql`DELETE FROM run_input WHERE flow_run_id = ${flowRunId}::uuid AND key = ${key} RETURNING id`,
  );
  return gone.length > 0;
}
