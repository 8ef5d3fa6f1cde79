import sql, { type Sql } from "sql-template-tag";
import type { Issue } from "../../core/error.ts";
import { isId } from "../../core/id.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import type { ToldQuestion } from "../../core/run-input/input-event.ts";
import { camelKeys, type Executor } from "../db.ts";
import { type Run, runColumns } from "../flow-run/run.ts";

/** One asking, as its row is. */
export interface Pause {
  id: string;
  flowRunId: string;
  attempt: number;
  execution: number;
  pauseKey: string;
  explicitKey: boolean;
  key: string;
  kind: "pause" | "suspend";
  fingerprint: string;
  validate: "before" | "after";
  inputType: string | null;
  schema: JsonObject | null;
  schemaDigest: string | null;
  wrapped: boolean;
  customChecks: boolean;
  description: string | null;
  refusedAnswer: Json | null;
  refusedIssues: Issue[] | null;
  requestedAt: Date;
  expiresAt: Date | null;
  onTimeout: "fail" | "resume" | "cancel";
  defaultResponse: Json | null;
  status: "OPEN" | "ANSWERED" | "REFUSED" | "EXPIRED" | "ENDED";
  endedAt: Date | null;
  answerId: string | null;
  answerIssues: Issue[] | null;
  idempotencyKey: string | null;
  givenInput: Json | null;
  /** The stored answer; null where there is none. */
  answer: StoredAnswer | null;
}

export interface StoredAnswer {
  id: string;
  value: Json;
  status: "PENDING" | "DELIVERED" | "INVALID";
  /** Its place in the run's inputs. */
  seq: number;
  submittedBy: string | null;
}

/** A run with those of its waits that were asked for, oldest first. */
export interface RunWithPauses extends Run {
  pauses: Pause[];
}

/** Reads a run and the waits whose ids `which` selects (a query in which `r` is the run), at one moment. */
export async function findRunWithPauses(db: Executor, id: string, which: Sql): Promise<RunWithPauses | null> {
  if (!isId(id)) return null;
  const [run] = await db.query<Run & { pauses: PauseJson[] }>(sql`
    SELECT ${runColumns}, ${pausesOf(which)} AS pauses FROM flow_run r WHERE r.id = ${id}`);
  return run ? { ...run, pauses: run.pauses.map(pauseFromJson) } : null;
}

/** The waits whose ids `which` selects, as one JSON value for `pauseFromJson`, oldest first. */
export function pausesOf(which: Sql): Sql {
  return sql`COALESCE((
      SELECT json_agg(json_build_object('pause', p, 'answer', CASE WHEN a.id IS NULL THEN NULL
          ELSE json_build_object('id', a.id, 'seq', a.seq, 'value', a.value, 'status', a.status, 'submittedBy', a.submitted_by) END)
        ORDER BY p.requested_at, p.id)
      FROM (${which}) AS wanted(id) JOIN pause p ON p.id = wanted.id LEFT JOIN run_input a ON a.id = p.answer_id), '[]')`;
}

export interface PauseJson {
  pause: Record<string, unknown>;
  answer: StoredAnswer | null;
}

/** A wait read as JSON: its times are texts there. */
export function pauseFromJson({ pause, answer }: PauseJson): Pause {
  const row = camelKeys(pause);
  const date = (text: unknown) => (typeof text === "string" ? new Date(text) : null);
  // The columns are those of the table, which the interface names one by one.
  return {
    ...row,
    requestedAt: date(row.requestedAt),
    expiresAt: date(row.expiresAt),
    endedAt: date(row.endedAt),
    answer,
  } as unknown as Pause;
}

/** The question of a wait, as its events show it; null where the wait asks for no input. */
export function toldQuestion({ id, key, inputType }: Pause): ToldQuestion | null {
  return inputType === null ? null : { id, key, inputType };
}

/** Ends the run's open wait together with the transition that leaves it. */
export function closePause(pauseId: string, status: "EXPIRED" | "ENDED"): Sql {
  return sql`UPDATE pause SET status = ${status}, ended_at = locked.at FROM locked WHERE pause.id = ${pauseId}::uuid`;
}
