import type { Issue } from "../../core/error.ts";
import { type Json, jsonProblem } from "../../core/json.ts";
import { CheckCache } from "../../core/json-schema/check-cache.ts";
import { UnusableSchema } from "../../core/json-schema/check-value.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";

/** Compiled schemas of questions, channels and parameters that this server has checked lately. */
export const checks = new CheckCache();

/** What is wrong with a schema that comes from outside, at `path`; null where values can be checked against it. */
export function schemaIssue(given: unknown, path: string[], maxBytes: number): Issue | null {
  const problem = jsonProblem(given as Json, { maxBytes });
  if (problem !== null) return { path: [...path, ...problem.path], message: problem.message };
  try {
    // It is JSON, and the compiler says what of it is no schema.
    checks.get(given as JsonSchema);
    return null;
  } catch (error) {
    if (!(error instanceof UnusableSchema)) throw error;
    return { path, message: error.message };
  }
}
