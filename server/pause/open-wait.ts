import sql from "sql-template-tag";
import { InvalidInputError, type StateConflictCode, StateConflictError } from "../../core/error.ts";
import { isFinal } from "../../core/flow-run/state.ts";
import { isJsonObject, type Json, jsonProblem } from "../../core/json.ts";
import { checkAnswer } from "../../core/run-input/answer.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { stateFacts } from "../flow-run/run.ts";
import { checks } from "../json-schema/checks.ts";
import { isOver } from "./expire-pause.ts";
import { findRunWithPauses, type Pause, type RunWithPauses } from "./pause.ts";

/** Reads a run with what an answer is judged by: its open wait, its last one, and those that the keys name. */
export function findForAnswer(
  db: Executor,
  id: string,
  named: { key?: string | null | undefined; idempotencyKey?: string | null | undefined },
): Promise<RunWithPauses | null> {
  // Postgres has no text with NUL: no wait is named so.
  const storable = (text: string | null | undefined) => (text?.includes("\0") ? null : (text ?? null));
  return findRunWithPauses(
    db,
    id,
    sql`SELECT r.pause_id UNION SELECT id FROM pause WHERE flow_run_id = r.id AND key = ${storable(named.key)}
      UNION SELECT id FROM pause WHERE flow_run_id = r.id AND idempotency_key = ${storable(named.idempotencyKey)}
      UNION (SELECT id FROM pause WHERE flow_run_id = r.id ORDER BY requested_at DESC LIMIT 1)`,
  );
}

/**
 * Why the run takes no answer now, in the order of the specification of inputs (2.6); null where it does.
 * `overdue`: the wait is past its deadline and not yet ended for it.
 */
export function refuseWait(
  run: RunWithPauses,
  key: string | null,
): { error: StateConflictError; overdue: Pause | null } | null {
  const refuse = (code: StateConflictCode, message: string, overdue: Pause | null = null) => ({
    error: new StateConflictError(code, stateFacts(run), message),
    overdue,
  });
  const meant = key === null ? run.pauses.at(-1) : run.pauses.find((pause) => pause.key === key);
  if (meant?.status === "EXPIRED") {
    return refuse(
      "TIMED_OUT",
      `the wait ${meant.key} of flow run ${run.id} was over at ${meant.expiresAt?.toISOString()}`,
    );
  }
  if (isFinal(run.stateType)) return refuse("FINISHED", `flow run ${run.id} has ended as ${run.stateName}`);
  const open = run.pauses.find(({ id }) => id === run.pauseId);
  if (run.stateType !== "PAUSED" || open === undefined) {
    return refuse("NOT_PAUSED", `flow run ${run.id} is ${run.stateName} and waits for nothing`);
  }
  if (isOver(open, run.now)) {
    const message = `the wait ${open.key} of flow run ${run.id} was over at ${open.expiresAt?.toISOString()}`;
    return refuse("TIMED_OUT", message, open);
  }
  if (key !== null && key !== open.key) {
    return refuse("STALE_KEY", `flow run ${run.id} waits for ${open.key}, not for ${JSON.stringify(key)}`);
  }
  if (run.stateName === "Suspended" && run.deploymentId === null) {
    return refuse(
      "NO_DEPLOYMENT",
      `flow run ${run.id} has no deployment any more, so nothing could start it again`,
    );
  }
  return null;
}

/**
 * Checks what was given against the question's JSON Schema.
 *
 * @returns the answer as it is stored, defaults filled in; null for a wait without a question
 * @throws InvalidInputError
 */
export function checkGiven(ctx: Context, pause: Pause, given: Json): { value: Json } | null {
  if (pause.schema === null) {
    if (given === null || (isJsonObject(given) && Object.keys(given).length === 0)) return null;
    throw InvalidInputError.at([], `the wait ${pause.key} asks for no input: resume it without one`);
  }
  const problem = jsonProblem(given, { maxBytes: ctx.settings.maxValueBytes });
  if (problem !== null) throw new InvalidInputError([problem]);
  const checked = checkAnswer(
    checks.get(pause.schema),
    { schema: pause.schema, wrapped: pause.wrapped },
    given,
  );
  if (!checked.ok) throw new InvalidInputError(checked.issues);
  return { value: checked.value };
}
