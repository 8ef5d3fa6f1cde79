import { InvalidInputError, type Issue } from "../../core/error.ts";
import { jsonProblem } from "../../core/json.ts";

/** What is wrong with an idempotency key; null where it is any text of 1 to 255 characters, or none at all. */
export function idempotencyKeyIssue(key: string | null | undefined): Issue | null {
  if (key == null) return null;
  const path = ["idempotencyKey"];
  if (key.length === 0 || key.length > 255) {
    return { path, message: `it has ${key.length} characters; give 1 to 255` };
  }
  const problem = jsonProblem(key);
  return problem === null ? null : { path, message: problem.message };
}

/** @throws InvalidInputError where the key is not any text of 1 to 255 characters */
export function checkIdempotencyKey(key: string | null | undefined): void {
  const issue = idempotencyKeyIssue(key);
  if (issue !== null) throw new InvalidInputError([issue]);
}
