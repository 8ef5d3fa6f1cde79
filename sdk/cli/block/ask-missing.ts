import type { Missing } from "../../../core/form/missing.ts";
import { type FormValue, propertyOf, withProperty } from "../../../core/form/value.ts";
import type { JsonSchema } from "../../../core/json-schema/schema.ts";
import { askValue } from "../prompt/ask-value.ts";
import type { Questions } from "../prompt/questions.ts";

/** Asks for what has to be given and is not. */
export async function askMissing(
  questions: Questions,
  schema: JsonSchema,
  data: FormValue,
  left: readonly Missing[],
): Promise<FormValue> {
  let filled = data;
  for (const { path, schema: inner } of left) {
    const given = await askValue(questions, schema, { schema: inner, name: path.join("."), required: true });
    filled = withIn(filled, path, given);
  }
  return filled;
}

function withIn(value: FormValue, [step, ...rest]: readonly string[], given: FormValue): FormValue {
  return step === undefined
    ? given
    : withProperty(value, step, withIn(propertyOf(value, step), rest, given), []);
}
