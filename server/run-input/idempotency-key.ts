import { InvalidInputError } from "../../core/error.ts";
import { jsonProblem } from "../../core/json.ts";

/** @throws InvalidInputError where the key is not any text of 1 to 255 characters */
export function checkIdempotencyKey(key: string | null | undefined): void {
  if (key == null) return;
  if (key.length === 0 || key.length > 255) {
    throw InvalidInputError.at(["idempotencyKey"], `it has ${key.length} characters; give 1 to 255`);
  }
  const problem = jsonProblem(key);
  if (problem !== null) throw InvalidInputError.at(["idempotencyKey"], problem.message);
}
