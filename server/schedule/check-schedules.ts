import { InvalidInputError, type Issue } from "../../core/error.ts";
import { isPlainObject } from "../../core/json.ts";
import { checkTimes } from "../../core/schedule/check-times.ts";
import { parseSchedule, parseSchedules, type ScheduleParseOptions } from "../../core/schedule/parse.ts";
import type { ScheduleDefinition } from "../../core/schedule/schedule.ts";
import type { Context } from "../context.ts";
import { type ParameterRules, runParameters } from "../deployment/run-parameters.ts";

/**
 * Schedules as they are given over the API; none for null.
 *
 * @param deployment what their runs are given besides, for a look at their parameters; null for none
 * @throws InvalidInputError with every problem, at paths that begin with `path`
 */
export async function checkSchedules(
  ctx: Context,
  given: readonly unknown[] | null | undefined,
  { path, deployment }: { path: readonly string[]; deployment: ParameterRules | null },
): Promise<ScheduleDefinition[]> {
  const schedules = parseSchedules(given, { ...input(ctx), path });
  const issues: Issue[] = [];
  if (deployment !== null)
    for (const [at, schedule] of schedules.entries())
      for (const issue of await parameterIssues(ctx, schedule, [], deployment)) {
        // What the schedule itself does not give stands in its deployment, which the list is a part of.
        const place = isOfDeployment(issue, schedule, deployment) ? path.slice(0, -1) : [...path, String(at)];
        issues.push({ ...issue, path: [...place, ...issue.path] });
      }
  if (issues.length > 0) throw new InvalidInputError(distinct(issues));
  return schedules;
}

/** Likewise one schedule. @throws InvalidInputError */
export async function checkSchedule(
  ctx: Context,
  given: unknown,
  { path, deployment }: { path: readonly string[]; deployment: ParameterRules | null },
): Promise<ScheduleDefinition> {
  const schedule = parseSchedule(given, { ...input(ctx), path });
  const issues = deployment === null ? [] : await parameterIssues(ctx, schedule, path, deployment);
  if (issues.length > 0) throw new InvalidInputError(issues);
  return schedule;
}

function isOfDeployment(
  { path: [, member] }: Issue,
  { parameters }: ScheduleDefinition,
  deployment: ParameterRules,
): boolean {
  if (member === undefined || Object.hasOwn(parameters, member)) return false;
  return isPlainObject(deployment.parameters) && Object.hasOwn(deployment.parameters, member);
}

function distinct(issues: readonly Issue[]): Issue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
}

function input(ctx: Context): ScheduleParseOptions {
  const now = ctx.now().getTime();
  return {
    dialect: "input",
    look: (reading, schedule, at) => checkTimes(reading, schedule, at, now),
  };
}

/** A schedule whose runs could not begin is refused when it is given: later nobody would hear of it. */
async function parameterIssues(
  ctx: Context,
  { parameters }: ScheduleDefinition,
  path: readonly string[],
  deployment: ParameterRules,
): Promise<Issue[]> {
  try {
    await runParameters(ctx.db, ctx, deployment, [parameters]);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
  }
}
