import { z } from "zod";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import { isJsonObject, type Json, type JsonObject, jsonProblem, textProblem } from "../../core/json.ts";
import { checkAnswer } from "../../core/run-input/answer.ts";
import { checkPauseKey } from "../../core/run-input/keyset.ts";
import type { Context } from "../context.ts";
import { maxSeconds } from "../flow-run/suspend.ts";
import { checks, schemaIssues } from "../json-schema/checks.ts";

const countedKey = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*--[1-9][0-9]*-)?[1-9][0-9]*$/;

const overAtOnce = (seconds: number) =>
  `a wait of ${seconds} seconds would be over before anybody could answer; null waits for ever`;

/** Text that can be stored. */
const text = (most: number) =>
  z
    .string()
    .max(most)
    .superRefine((given, { addIssue }) => {
      const problem = textProblem(given);
      if (problem !== null) addIssue(problem);
    });

export const Question = z.object({
  key: z.string(),
  explicitKey: z.boolean(),
  kind: z.enum(["PAUSE", "SUSPEND"]),
  fingerprint: text(1000),
  timeout: z
    .number()
    .superRefine((seconds, { addIssue }) => {
      if (seconds < 0) addIssue(overAtOnce(seconds));
      if (seconds > maxSeconds)
        addIssue(
          `a wait of ${seconds} seconds is too long; at most ${maxSeconds} are taken; null waits for ever`,
        );
    })
    .nullish(),
  until: z.date().nullish(),
  validate: z.enum(["BEFORE", "AFTER"]),
  onTimeout: z.enum(["FAIL", "RESUME", "CANCEL"]),
  defaultResponse: z.unknown(),
  hasDefaultResponse: z.boolean(),
  input: z
    .object({
      inputType: text(1000).min(1),
      schema: z.unknown().refine((given) => isJsonObject(given as Json), "a JSON Schema is an object here"),
      schemaDigest: text(200),
      wrapped: z.boolean(),
      customChecks: z.boolean(),
      description: z.string().nullish(),
    })
    .nullish(),
});
export type QuestionArgs = z.input<typeof Question>;

/** A question that can be asked; `defaultResponse` as it will be stored. */
export type Question = Omit<z.output<typeof Question>, "defaultResponse"> & { defaultResponse: Json | null };

/**
 * @throws InvalidInputError with every problem of the question; nothing was changed
 */
export function parseQuestion(ctx: Context, given: QuestionArgs): Question {
  const parsed = Question.safeParse(given);
  if (!parsed.success) {
    throw new InvalidInputError(
      parsed.error.issues.map(({ path, message }) => ({ path: path.map(String), message })),
    );
  }
  const question = withoutZero(parsed.data);
  const issues: Issue[] = [];
  const keyProblem = question.explicitKey
    ? checkPauseKey(question.key)
    : countedKey.test(question.key)
      ? null
      : `${JSON.stringify(question.key)} is no counted key such as "1" or "task--1-1"`;
  if (keyProblem !== null) issues.push({ path: ["key"], message: keyProblem });
  if (question.timeout === 0) issues.push({ path: ["timeout"], message: overAtOnce(0) });
  if (question.timeout != null && question.until != null) {
    issues.push({ path: ["until"], message: "a wait has a timeout or an end (until), not both" });
  }
  if (question.input) issues.push(...inputIssues(ctx, question.input));
  if (issues.length > 0) throw new InvalidInputError(issues);
  return { ...question, defaultResponse: defaultResponse(question) };
}

/** A timeout of 0 beside `until` is none. */
function withoutZero<Given extends { timeout?: number | null | undefined; until?: Date | null | undefined }>(
  given: Given,
): Given {
  return given.timeout === 0 && given.until != null ? { ...given, timeout: null } : given;
}

function inputIssues(
  ctx: Context,
  input: { schema?: unknown; description?: string | null | undefined },
): Issue[] {
  const { maxValueBytes } = ctx.settings;
  const description = jsonProblem(input.description ?? null, { maxBytes: maxValueBytes });
  const schema = schemaIssues(input.schema, ["input", "schema"], maxValueBytes);
  return [
    ...(description === null ? [] : [{ path: ["input", "description"], message: description.message }]),
    ...schema,
  ];
}

function defaultResponse(question: z.output<typeof Question>): Json | null {
  const { input } = question;
  if (question.onTimeout !== "RESUME" || !input) return null;
  if (!question.hasDefaultResponse) {
    const message = "a wait for an input that goes on at its timeout needs a default response";
    throw InvalidInputError.at(["defaultResponse"], message);
  }
  // The schema was compiled above, and GraphQL's JSON is JSON.
  const schema = input.schema as JsonObject;
  const checked = checkAnswer(
    checks.get(schema),
    { schema, wrapped: input.wrapped },
    question.defaultResponse as Json,
  );
  if (!checked.ok) {
    throw new InvalidInputError(
      checked.issues.map(({ path, message }) => ({ path: ["defaultResponse", ...path], message })),
    );
  }
  return checked.value;
}
