import type { Json } from "../../core/json.ts";
import type { InputMetadata, InputType } from "../../core/run-input/contract.ts";
import { type InputIssue, InputValidationError } from "../../core/run-input/errors.ts";
import { answerKey } from "../../core/run-input/keyset.ts";
import { type ReadResult, readAnswer } from "../../core/run-input/read-input.ts";
import { socketClient } from "../client/client.ts";
import { refusalError } from "../client/refusal.ts";
import { type Context, checkContext, requested } from "../execution/context.ts";
import type { Execution } from "../execution/execution.ts";
import { AskPauseDocument, type AskPauseMutation, RefuseAnswerDocument } from "../gql/graphql.ts";
import { logLine } from "../log/logger.ts";
import { printLine } from "../log/terminal.ts";
import { describe } from "../run-input/describe.ts";
import { checkDefaultResponse, isDefaultResponse } from "./default-response.ts";
import { judge } from "./judge.ts";
import { pauseKey } from "./key.ts";
import type { Asked } from "./options.ts";
import { refusedPause } from "./refused-pause.ts";
import { waitForAnswer } from "./wait-for-answer.ts";

/** An answer as it is stored. */
export interface Answer {
  /** Of the asking that it answers. */
  key: string;
  /** Null where there was no question, or where its default was taken. */
  inputId: string | null;
  seq: number | null;
  submittedBy: string | null;
  answeredAt: Date;
  value: unknown;
  /** Why the code refused this very answer before, where it did. */
  refusedWith: InputIssue[] | null;
  /** How many answers of this question the code has refused already, in this attempt. */
  refusals: number;
}

/**
 * Asks, waits and returns the answer, or returns what was answered here before. One question of a run is open at a
 * time; its place is taken when this is called.
 */
export function ask(at: Context, asked: Asked): Promise<unknown> {
  checkContext(at, true);
  const named = pauseKey(at, asked);
  const answer = at.attempt.oneAtATime(() => askUntilAccepted(at, asked, named));
  for (const limit of at.task?.limits ?? []) {
    limit.standStill(true);
    const goOn = () => limit.standStill(false);
    answer.then(goOn, goOn);
  }
  return answer;
}

async function askUntilAccepted(
  at: Context,
  asked: Asked,
  named: { key: string; explicitKey: boolean },
): Promise<unknown> {
  // Of a run that runs again the question may be answered already.
  if (!at.attempt.rerun) await checkDefaultResponse(asked);
  for (let refused = 1; ; refused++) {
    checkContext(at, true);
    const answer = await askOnce(at, asked, named);
    const { type } = asked;
    if (!type) return undefined;
    if (answer.refusedWith && asked.question.validate === "AFTER") {
      throw refusedAnswer(answer.value, answer.refusedWith);
    }
    const read = await readStored(type, answer, at.execution.id);
    if (read.ok) {
      if (answer.inputId) at.execution.reports.delivered(answer.inputId);
      return read.value;
    }
    if ("failure" in read) logLine(at, 40, `the validator of a question failed: ${text(read.failure)}`);
    await refuse(at, answer.key, read.issues);
    const attempts = Math.max(refused, answer.refusals + 1);
    const isLast = attempts >= asked.maxAttempts || isDefaultResponse(asked, answer.value);
    if (asked.question.validate === "AFTER" || isLast) throw refusedAnswer(answer.value, read.issues);
  }
}

async function askOnce(
  at: Context,
  asked: Asked,
  named: { key: string; explicitKey: boolean },
): Promise<Answer> {
  const { execution } = at;
  const judging = judge(at, asked.type);
  const opened = waitForAnswer(execution, judging, asked.question.onTimeout === "FAIL");
  try {
    const question = { ...asked.question, ...named };
    const { pause } = await execution.during(
      socketClient().request(AskPauseDocument, { ...execution.ref, question }),
    );
    switch (pause.__typename) {
      case "PauseAsked": {
        sayWhereToAnswer(execution, asked);
        const signal = await opened.answer(pause.pause.key, asked.question.kind);
        const { endedAt, ...answer } = signal;
        return { ...answer, answeredAt: new Date(endedAt), refusedWith: null, refusals: pause.refusals };
      }
      case "PauseAnswered":
        return answeredBefore(pause);
      case "PauseRefused":
        throw refusedPause(execution, pause);
      case "StaleExecutionError":
        throw execution.refused(pause);
      case "NotFoundError":
        throw execution.over(null);
      case "InvalidInputError":
        throw refusalError(pause, asked.question.defaultResponse);
    }
  } finally {
    opened.close();
  }
}

/** Whoever runs a flow by hand is told what it waits for. */
function sayWhereToAnswer({ flowRun, uiUrl }: Execution, { type }: Asked): void {
  const what = type ? `waits for an answer: ${uiUrl}/resume` : `waits to be resumed: ${uiUrl}`;
  printLine(new Date(), 20, flowRun.name, what);
}

function answeredBefore({
  key,
  value,
  input,
  refusedWith,
  refusals,
}: Extract<AskPauseMutation["pause"], { __typename: "PauseAnswered" }>): Answer {
  const answeredAt = input ? new Date(input.createdAt) : new Date();
  const { id: inputId, seq, submittedBy } = input ?? { id: null, seq: null, submittedBy: null };
  return { key, value, inputId, seq, submittedBy, answeredAt, refusedWith, refusals };
}

function readStored(type: InputType, answer: Answer, receiver: string): Promise<ReadResult> {
  const description = describe(type);
  const metadata: InputMetadata = {
    key: answerKey(answer.key),
    sender: null,
    receiver,
    inputType: description.inputType,
    createdAt: answer.answeredAt,
    seq: answer.seq,
    submittedBy: answer.submittedBy,
  };
  // Values come from the API, so they are JSON; answers and defaults alike are stored in their wrapped form.
  return readAnswer(type, answer.value as Json, metadata);
}

async function refuse(at: Context, key: string, issues: ReadonlyArray<InputIssue>): Promise<void> {
  const told = issues.map(({ path, message }) => ({ path: path.map(String), message }));
  const { refuseAnswer } = await requested(
    at,
    socketClient().request(RefuseAnswerDocument, { ...at.execution.ref, key, issues: told }),
  );
  if (refuseAnswer.__typename === "StaleExecutionError") throw at.execution.refused(refuseAnswer);
  if (refuseAnswer.__typename === "NotFoundError") throw refusalError(refuseAnswer);
}

function refusedAnswer(value: unknown, issues: ReadonlyArray<InputIssue>): InputValidationError {
  return InputValidationError.of("the answer", value, issues);
}

function text(failure: unknown): string {
  return failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
}
