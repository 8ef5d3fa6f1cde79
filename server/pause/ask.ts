import sql, { type Sql } from "sql-template-tag";
import type { Issue } from "../../core/error.ts";
import type { State } from "../../core/flow-run/state.ts";
import { decide, type RefusalCode } from "../../core/flow-run/transition.ts";
import type { Json } from "../../core/json.ts";
import { requestedEvent } from "../../core/run-input/input-event.ts";
import { askingKey, keyset, pauseBaseKey } from "../../core/run-input/keyset.ts";
import type { Context } from "../context.ts";
import { changeRun, type Step, stay } from "../flow-run/change-run.ts";
import { requireCurrent } from "../flow-run/execution.ts";
import { runFacts, stateOf, toldRun } from "../flow-run/run.ts";
import { timestampSql } from "../flow-run/stamp.ts";
import type { Told } from "../flow-run/write-transition.ts";
import { watchWait } from "./guessed-wait.ts";
import { findRunWithPauses, type Pause, type RunWithPauses } from "./pause.ts";
import { parseQuestion, type Question, type QuestionArgs } from "./question.ts";

/** What comes of asking. `refusals`: how many answers under this key the code has refused in this attempt. */
export type PauseOutcome =
  /** The run waits; the answer comes by the execution's signals. */
  | { kind: "asked"; pauseId: string; refusals: number }
  /** It was answered before. `issues`: with these the code refused that answer, and refuses it again. */
  | {
      kind: "answered";
      key: string;
      inputId: string | null;
      value: Json | null;
      issues: Issue[] | null;
      refusals: number;
    }
  /** It was not asked. */
  | { kind: "refused"; code: PauseRefusalCode; message: string; state: State };

export type PauseRefusalCode =
  | "NO_DEPLOYMENT"
  | "SUBFLOW"
  | "TERMINAL"
  | "NOT_RUNNING"
  | "SUSPENDED"
  | "CANCELLED"
  | "REPLAY_MISMATCH"
  | "EXPIRED";

/**
 * Asks: the run enters PAUSED, with a question or without, or goes on where this key was answered before. State, schema,
 * description and deadline are written in one statement: there is no moment at which a run waits for an unknown question.
 *
 * @throws NotFoundError
 * @throws StaleExecutionError
 * @throws InvalidInputError where the question itself cannot be asked
 */
export async function ask(
  ctx: Context,
  args: { flowRunId: string; execution: number; question: QuestionArgs },
): Promise<PauseOutcome> {
  const question = parseQuestion(ctx, args.question);
  const { key } = question;
  return changeRun<PauseOutcome, RunWithPauses>(
    ctx,
    args.flowRunId,
    async (run) => {
      requireCurrent(run, args.execution);
      const before = run.pauses.filter((pause) => pause.attempt === run.attempt).at(-1);
      // A run that waits to be begun again gives its answers to the process that begins it, not to the one it was taken from.
      if (before !== undefined && (run.stateType === "RUNNING" || before.status === "OPEN")) {
        const outcome = await replay(ctx, run, before, question, args.execution);
        if (outcome !== null) return stay(outcome);
      }
      return enter(ctx, run, question, before);
    },
    (id) =>
      findRunWithPauses(
        ctx.db,
        id,
        sql`SELECT id FROM pause WHERE flow_run_id = r.id AND pause_key = ${key}`,
      ),
  );
}

/** What an earlier asking under this key means for this call; null: it is to be asked (again). */
async function replay(
  ctx: Context,
  run: RunWithPauses,
  before: Pause,
  question: Question,
  execution: number,
): Promise<PauseOutcome | null> {
  if (before.status !== "ENDED" && before.fingerprint !== question.fingerprint) {
    return refused(
      run,
      "REPLAY_MISMATCH",
      `key ${JSON.stringify(question.key)} was asked before as ${before.fingerprint}, and is asked now as ` +
        `${question.fingerprint}: a flow that runs again must reach its waits in the same order, or give them keys`,
    );
  }
  const answered = (issues: Issue[] | null): PauseOutcome => ({
    kind: "answered",
    key: before.key,
    inputId: before.answerId,
    value: before.answer?.value ?? null,
    issues,
    refusals: refusals(run),
  });
  switch (before.status) {
    case "OPEN":
      if (run.pauseId !== before.id) return null;
      if (before.execution !== execution) {
        // A process that began again takes over the question of the one before it.
        await ctx.db.query(
          sql`UPDATE pause SET execution = ${execution} WHERE id = ${before.id}::uuid AND status = 'OPEN'`,
        );
      }
      return { kind: "asked", pauseId: before.id, refusals: refusals(run) };
    case "ANSWERED":
      // Its answer was deleted: there is nothing to go on with.
      return question.input != null && before.answer === null ? null : answered(null);
    case "REFUSED":
      // A counted key is spent by a refused answer: its refusal is part of the run's history. An explicit one asks again.
      return question.validate === "AFTER" && !question.explicitKey ? answered(before.answerIssues) : null;
    case "EXPIRED":
      if (before.onTimeout === "resume") return answered(null);
      return refused(run, "EXPIRED", `the wait ${before.key} was over at ${before.expiresAt?.toISOString()}`);
    case "ENDED":
      return null;
  }
}

function enter(
  ctx: Context,
  run: RunWithPauses,
  question: Question,
  before: Pause | undefined,
): Step<PauseOutcome> {
  const name = question.kind === "PAUSE" ? "Paused" : "Suspended";
  if (run.stateType === "CANCELLING")
    return stay(refused(run, "CANCELLED", `flow run ${run.id} is being cancelled`));
  if (run.stateType !== "RUNNING") {
    return stay(
      refused(run, "SUSPENDED", `flow run ${run.id} was taken from this process: it is ${run.stateName}`),
    );
  }
  const decision = decide(runFacts(run), { type: "PAUSED", name }, run.now);
  if (decision.answer !== "accept") {
    const code = decision.answer === "wait" ? "NOT_RUNNING" : decision.code;
    return stay(refused(run, pauseRefusal(code), explain(run, code)));
  }
  const base = pauseBaseKey({ type: "PAUSED", name }, question.key);
  // Every asking of this key counts, those of earlier attempts too: their answers stay as history.
  const round =
    run.pauses.filter((pause) => pause.key === base || pause.key.startsWith(`${base}--`)).length + 1;
  const pauseId = ctx.newId();
  const asking = askingKey(base, round);
  return {
    go: true,
    change: {
      next: decision.next,
      ...(question.kind === "SUSPEND" ? ({ lease: "end" } as const) : {}),
      opens: pauseId,
      waitChanged: question.input != null,
      also: storeQuestion(ctx, pauseId, asking, question, before),
      tell: tellQuestion(ctx, run, pauseId, asking, question),
    },
    result: () => {
      watchWait(ctx, run.id);
      return { kind: "asked", pauseId, refusals: refusals(run) };
    },
  };
}

function refusals(run: RunWithPauses): number {
  return run.pauses.filter((pause) => pause.attempt === run.attempt && pause.status === "REFUSED").length;
}

function storeQuestion(
  ctx: Context,
  pauseId: string,
  key: string,
  question: Question,
  before: Pause | undefined,
): Sql[] {
  const { input } = question;
  const refusal = before?.status === "REFUSED" ? before : null;
  const json = (value: unknown) => (value == null ? null : JSON.stringify(value));
  const writes = [
    sql`INSERT INTO pause (id, flow_run_id, attempt, execution, pause_key, explicit_key, key, kind, fingerprint, validate,
        input_type, schema, schema_digest, wrapped, custom_checks, description, refused_answer, refused_issues,
        requested_at, expires_at, on_timeout, default_response, status)
      SELECT ${pauseId}::uuid, id, attempt, execution, ${question.key}, ${question.explicitKey}, ${key},
        ${question.kind.toLowerCase()}, ${question.fingerprint}, ${question.validate.toLowerCase()},
        ${input?.inputType ?? null}, ${json(input?.schema)}::json, ${input?.schemaDigest ?? null}, ${input?.wrapped ?? false},
        ${input?.customChecks ?? false}, ${input?.description || null},
        ${json(refusal?.answer?.value)}::json, ${json(refusal?.answerIssues)}::json, at,
        ${deadline(question)},
        ${question.onTimeout.toLowerCase()}, ${json(question.defaultResponse)}::json, 'OPEN' FROM locked`,
  ];
  if (input) {
    const keys = keyset(key);
    writes.push(storeRow(ctx, keys.schema, "SCHEMA", input.schema));
    if (input.description) writes.push(storeRow(ctx, keys.description, "DESCRIPTION", input.description));
  }
  return writes;
}

/** When the wait ends unanswered, in SQL over `locked`; null for never. */
function deadline({ until, timeout }: Question): Sql {
  return sql`COALESCE(${until ?? null}::timestamptz, at + ${timeout ?? null}::float8 * interval '1 second')`;
}

function tellQuestion(
  ctx: Context,
  run: RunWithPauses,
  pauseId: string,
  key: string,
  question: Question,
): Told[] {
  const { input } = question;
  if (!input) return [];
  const { inputType, description } = input;
  const asked = { id: pauseId, key, inputType, description: description || null };
  const event = requestedEvent(
    ctx.newId(),
    toldRun(run),
    asked,
    `${ctx.settings.publicUrl}/runs/${run.id}/resume`,
  );
  return [{ event, payload: sql`jsonb_build_object('deadline', ${timestampSql(deadline(question))})` }];
}

function storeRow(ctx: Context, key: string, kind: "SCHEMA" | "DESCRIPTION", value: unknown): Sql {
  return sql`INSERT INTO run_input (id, flow_run_id, key, kind, value, created_at)
    SELECT ${ctx.newId()}::uuid, id, ${key}, ${kind}, ${JSON.stringify(value)}::json, at FROM locked`;
}

function refused(run: RunWithPauses, code: PauseRefusalCode, message: string): PauseOutcome {
  return { kind: "refused", code, message, state: stateOf(run) };
}

function pauseRefusal(code: RefusalCode): PauseRefusalCode {
  return code === "NO_DEPLOYMENT" || code === "SUBFLOW" || code === "TERMINAL" ? code : "NOT_RUNNING";
}

function explain(run: RunWithPauses, code: RefusalCode): string {
  switch (code) {
    case "NO_DEPLOYMENT":
      return `flow run ${run.id} has no deployment, so nothing could start it again: serve the flow, or pause instead`;
    case "SUBFLOW":
      return `flow run ${run.id} runs inside its parent's process, which cannot be left for it alone: pause instead`;
    default:
      return `flow run ${run.id} is ${run.stateName} and cannot wait (${code})`;
  }
}
