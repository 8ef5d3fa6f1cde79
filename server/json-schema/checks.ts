import type { Issue } from "../../core/error.ts";
import { type Json, jsonProblem } from "../../core/json.ts";
import { CheckCache } from "../../core/json-schema/check-cache.ts";
import { UnusableSchema } from "../../core/json-schema/check-value.ts";
import { malformed } from "../../core/json-schema/malformed.ts";
import type { JsonSchema } from "../../core/json-schema/schema.ts";

/** Compiled schemas of questions, channels and parameters that this server has checked lately. */
export const checks = new CheckCache();

/** What is wrong with a schema that comes from outside, at `path`; nothing where values can be checked against it. */
export function schemaIssues(given: unknown, path: string[], maxBytes: number): Issue[] {
  const at = (issue: Issue): Issue => ({ ...issue, path: [...path, ...issue.path] });
  const problem = jsonProblem(given as Json, { maxBytes });
  if (problem !== null) return [at(problem)];
  const issues = malformed(given as Json); // it is JSON
  if (issues.length > 0) return issues.map(at);
  try {
    checks.get(given as JsonSchema); // nothing in it is no schema
    return [];
  } catch (error) {
    if (!(error instanceof UnusableSchema)) throw error;
    return [at({ path: [], message: error.message })];
  }
}
