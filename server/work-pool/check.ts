import { InvalidInputError, type Issue } from "../../core/error.ts";
import { jsonProblem } from "../../core/json.ts";
import type { Context } from "../context.ts";
import { checkName } from "../flow-run/find-flow.ts";
import { schemaIssues } from "../json-schema/checks.ts";

/** What pools and queues may be given; what is left out is not looked at. */
export interface GivenWork {
  name?: string | null | undefined;
  type?: string | null | undefined;
  description?: string | null | undefined;
  concurrencyLimit?: number | null | undefined;
  priority?: number | null | undefined;
  variablesSchema?: unknown;
}

const most = 2 ** 31 - 1;

/** @throws InvalidInputError with everything that is wrong */
export function checkWork(ctx: Context, given: GivenWork, path: string[]): void {
  const issues: Issue[] = [];
  const refuse = (field: string, message: string) => issues.push({ path: [...path, field], message });
  const { name, type, description, concurrencyLimit, priority, variablesSchema } = given;
  const { maxValueBytes } = ctx.settings;
  if (name != null) issues.push(...nameIssues(name, [...path, "name"]));
  if (type != null && type !== "process")
    refuse("type", `there are workers for pools of the type "process" only, not ${JSON.stringify(type)}`);
  const problem = jsonProblem(description ?? null, { maxBytes: maxValueBytes });
  if (problem !== null) refuse("description", problem.message);
  if (concurrencyLimit != null && !(concurrencyLimit >= 0 && concurrencyLimit <= most))
    refuse(
      "concurrencyLimit",
      `a number of runs, 0 or more, or null for no limit; it is ${concurrencyLimit}`,
    );
  if (priority != null && !(priority >= 1 && priority <= most))
    refuse("priority", `1 for the queue that is served first, or more; it is ${priority}`);
  if (variablesSchema != null) {
    issues.push(...schemaIssues(variablesSchema, [...path, "variablesSchema"], maxValueBytes));
  }
  if (issues.length > 0) throw new InvalidInputError(issues);
}

function nameIssues(name: string, path: string[]): Issue[] {
  try {
    checkName(name, path);
    return [];
  } catch (error) {
    if (error instanceof InvalidInputError) return error.issues;
    throw error;
  }
}
