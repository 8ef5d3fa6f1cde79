import sql from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import { type Json, jsonEquals } from "../../core/json.ts";
import { causedBy, respondedEvent } from "../../core/run-input/input-event.ts";
import type { Context } from "../context.ts";
import { changeRun, type Step, stay, takeStep } from "../flow-run/change-run.ts";
import { type ExecutionRef, findCurrent } from "../flow-run/execution.ts";
import { rememberAnswered } from "../flow-run/known-signals.ts";
import { type Run, runAsCreator, toldRun } from "../flow-run/run.ts";
import { checkIdempotencyKey } from "../run-input/idempotency-key.ts";
import { isUniqueViolation } from "../run-input/postgres-error.ts";
import { expire, goOn } from "./expire-pause.ts";
import { guessWait } from "./guessed-wait.ts";
import { judgeByProcess } from "./judge-by-process.ts";
import { checkGiven, findForAnswer, refuseWait } from "./open-wait.ts";
import { type Pause, type RunWithPauses, toldQuestion } from "./pause.ts";
import { storeAnswer } from "./store-answer.ts";

export interface ResumeArgs {
  flowRunId: string;
  /** Left out and null are no input. */
  input?: unknown;
  /** The wait that is answered, as `pause.key` names it; without it the one that is open. */
  key?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
  /** The execution that answers, where a run does. */
  from?: ExecutionRef | null | undefined;
}

/**
 * Answers a waiting run. The input is checked before anything changes: by its JSON Schema, then, where the asking process
 * is there and its type has checks of its own, by that process. Of two answers, and of an answer and the deadline, the
 * state decides: one of them changes it, the other one finds it changed.
 *
 * @returns the run's id
 * @throws NotFoundError
 * @throws StateConflictError TIMED_OUT, FINISHED, NOT_PAUSED, STALE_KEY or NO_DEPLOYMENT
 * @throws InvalidInputError nothing was stored and no state changed
 */
export async function resume(ctx: Context, args: ResumeArgs): Promise<string> {
  const by = args.from ? await findCurrent(ctx.db, args.from) : null;
  if (await answerGuess(ctx, args, by)) return args.flowRunId;
  // The wait whose answer the asking process has accepted, or not judged in time.
  let judged: string | null = null;
  for (;;) {
    const outcome: AnswerOutcome = await changeRun<AnswerOutcome, RunWithPauses>(
      ctx,
      args.flowRunId,
      (run) => decideAnswer(ctx, run, args, judged, by),
      (id) => findForAnswer(ctx.db, id, args),
    );
    switch (outcome.kind) {
      case "done":
        return args.flowRunId;
      case "refused":
        throw outcome.error;
      case "judge": {
        const issues = await judgeByProcess(ctx, outcome.pause, outcome.value);
        if (issues !== null && issues.length > 0) throw new InvalidInputError(issues);
        // Accepted, or no verdict came: what has happened meanwhile is looked at again from the start.
        judged = outcome.pause.id;
      }
    }
  }
}

/** Answers the wait that the run is probably in. False: nothing was written, and everything is to be looked at. */
async function answerGuess(ctx: Context, args: ResumeArgs, by: Run | null): Promise<boolean> {
  const run = guessWait(ctx, args.flowRunId, args.key ?? null);
  if (run === null) return false;
  try {
    const step = decideAnswer(ctx, run, args, null, by);
    return step.go && (await takeStep(ctx, run, step)) !== null;
  } catch (error) {
    // An idempotency key of an earlier answer is taken already: the run as it is knows what it was for.
    if (error instanceof InvalidInputError || isUniqueViolation(error)) return false;
    throw error;
  }
}

/** What an answer comes to; `judge`: the asking process is to look at it first. */
export type AnswerOutcome =
  | { kind: "done" }
  | { kind: "refused"; error: Error }
  | { kind: "judge"; pause: Pause; value: Json };

/**
 * @param judged the wait whose answer the asking process has accepted, or not judged in time
 * @param by the run that answers; null for anybody else
 * @throws InvalidInputError
 */
export function decideAnswer(
  ctx: Context,
  run: RunWithPauses,
  args: ResumeArgs,
  judged: string | null,
  by: Run | null,
): Step<AnswerOutcome> {
  checkIdempotencyKey(args.idempotencyKey);
  // GraphQL's JSON is JSON; what is left out is null.
  const given = (args.input ?? null) as Json;
  const repeated = args.idempotencyKey
    ? run.pauses.find((pause) => pause.idempotencyKey === args.idempotencyKey)
    : undefined;
  if (repeated !== undefined) {
    // Null is no input, and so is an object of nothing.
    if (jsonEquals(repeated.givenInput ?? {}, given ?? {})) return stay({ kind: "done" });
    const message = `${JSON.stringify(args.idempotencyKey)} was used for another input of this run`;
    throw InvalidInputError.at(["idempotencyKey"], message);
  }
  const refusal = refuseWait(run, args.key ?? null);
  if (refusal !== null) {
    const error = refusal.error;
    // Past its deadline the wait ends here, before the input is looked at.
    return refusal.overdue
      ? expire(ctx, run, refusal.overdue, () => ({ kind: "refused", error }))
      : stay({ kind: "refused", error });
  }
  const pause = openPause(run);
  const checked = checkGiven(ctx, pause, given);
  if (
    checked !== null &&
    judged !== pause.id &&
    pause.customChecks &&
    pause.validate === "before" &&
    run.stateName === "Paused"
  ) {
    return stay({ kind: "judge", pause, value: checked.value });
  }
  return accept(ctx, run, pause, checked, args, given, by);
}

/** The wait that a run without a refusal is in. */
export function openPause(run: RunWithPauses): Pause {
  const pause = run.pauses.find(({ id }) => id === run.pauseId);
  if (pause === undefined) throw new Error(`flow run ${run.id} is ${run.stateName} without a wait`);
  return pause;
}

function accept(
  ctx: Context,
  run: RunWithPauses,
  pause: Pause,
  checked: { value: Json } | null,
  args: ResumeArgs,
  given: Json,
  by: Run | null,
): Step<AnswerOutcome> {
  const submittedBy = by === null ? null : runAsCreator(by).resource;
  const answerId = checked === null ? null : ctx.newId();
  const also = [
    sql`UPDATE pause SET status = 'ANSWERED', ended_at = locked.at, answer_id = ${answerId}::uuid,
        idempotency_key = ${args.idempotencyKey ?? null}, given_input = ${JSON.stringify(given)}::json
      FROM locked WHERE pause.id = ${pause.id}::uuid`,
  ];
  if (checked !== null && answerId !== null) {
    also.push(storeAnswer(pause, { id: answerId, value: checked.value, submittedBy }));
  }
  const question = toldQuestion(pause);
  return {
    go: true,
    change: {
      ...goOn(run.stateName === "Suspended"),
      waitChanged: pause.inputType !== null,
      inputs: checked === null ? 0 : 1,
      also,
      tell: question
        ? [{ event: respondedEvent(ctx.newId(), causedBy(toldRun(run), by), question, submittedBy) }]
        : [],
    },
    result: () => ({ kind: "done" }),
    committed: (resumed) => {
      const { id: pauseId, key } = pause;
      const value = checked?.value ?? null;
      if (pause.execution === resumed.execution) {
        rememberAnswered(ctx, resumed, {
          pauseId,
          key,
          inputId: answerId,
          seq: answerId === null ? null : resumed.inputSeq,
          submittedBy,
          value,
          endedAt: resumed.stateTimestamp,
        });
      }
    },
  };
}
