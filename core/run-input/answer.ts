import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import type { Check, CheckResult } from "../json-schema/check-value.ts";

/** What a question says about its answer. */
export interface AnswerForm {
  schema: JsonObject;
  /** Whether the answer is `{ value }`, since the type is no object. */
  wrapped: boolean;
}

/**
 * An answer in its stored form. No input (null) is an empty object, or the default of the whole where there is one. Of a question that is
 * answered by `{ value }`, an object whose only property is `value` is taken as it is, anything else as the bare value.
 */
export function wrapAnswer(question: AnswerForm, given: Json | null | undefined): Json {
  if (given === null || given === undefined) {
    return question.wrapped || !isJsonObject(question.schema.default)
      ? {}
      : structuredClone(question.schema.default);
  }
  if (!question.wrapped || isWrapper(given)) return given;
  return { value: given };
}

/** Puts an answer into its stored form, fills in defaults and checks it. The result's value is what to store. */
export function checkAnswer(check: Check, question: AnswerForm, given: Json | null | undefined): CheckResult {
  return check(wrapAnswer(question, given));
}

function isWrapper(given: Json): boolean {
  return isJsonObject(given) && Object.keys(given).length === 1 && Object.hasOwn(given, "value");
}
