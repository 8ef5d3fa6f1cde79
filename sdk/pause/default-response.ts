import { type Json, type JsonObject, jsonEquals } from "../../core/json.ts";
import { compileCheck } from "../../core/json-schema/check-value.ts";
import { checkAnswer } from "../../core/run-input/answer.ts";
import { InputValidationError } from "../../core/run-input/errors.ts";
import { readAnswer } from "../../core/run-input/read-input.ts";
import type { Asked } from "./options.ts";

/**
 * Throws InputValidationError for a `defaultResponse` that the type's own validators refuse. What its JSON Schema refuses
 * the server tells.
 */
export async function checkDefaultResponse(asked: Asked): Promise<void> {
  const stored = storedDefault(asked);
  if (asked.type === null || stored === undefined) return;
  const read = await readAnswer(asked.type, stored);
  if (read.ok) return;
  const issues = read.issues.map(({ path, message }) => ({ path: ["defaultResponse", ...path], message }));
  throw InputValidationError.of("the defaultResponse", asked.question.defaultResponse, issues);
}

/** Whether an answer is what the wait goes on with at its deadline: asking again for it would come to the same. */
export function isDefaultResponse(asked: Asked, answer: unknown): boolean {
  const stored = storedDefault(asked);
  return stored !== undefined && jsonEquals(stored, answer);
}

/** The default response as the server stores it; undefined where there is none, or the JSON Schema refuses it. */
function storedDefault({ question }: Asked): Json | undefined {
  const { input, onTimeout, hasDefaultResponse, defaultResponse } = question;
  if (!input || onTimeout !== "RESUME" || !hasDefaultResponse) return undefined;
  // The type's description and `toJson` made them.
  const form = { schema: input.schema as JsonObject, wrapped: input.wrapped };
  const checked = checkAnswer(compileCheck(form.schema), form, defaultResponse as Json);
  return checked.ok ? checked.value : undefined;
}
