import { InvalidInputError, type Issue } from "../../core/error.ts";
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
      issues.push(...(await parameterIssues(ctx, schedule, [...path, String(at)], deployment)));
  if (issues.length > 0) throw new InvalidInputError(issues);
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
