import { placeText } from "../../core/document/place-text.ts";
import { InvalidInputError, type Issue } from "../../core/error.ts";
import { type Json, jsonProblem } from "../../core/json.ts";
import { planPlaceholders, type Rendering, UnresolvedError } from "../../core/template/rendering.ts";
import { placeOf, TemplateError } from "../../core/template/template-error.ts";
import type { Context } from "../context.ts";
import type { Executor } from "../db.ts";
import { type PlacedValues, readPlacedVariables } from "../variable/read-placed-variables.ts";
import { readVariables } from "../variable/read-variables.ts";

/** A value with its placeholders filled in, and where in the one before a secret was. */
export interface FilledIn extends Pick<PlacedValues, "secretPlaces"> {
  readonly value: Json;
}

/**
 * What is wrong with the placeholders in parameters that are to be stored: JSON that cannot be read, templates that cannot be
 * rendered. Variables may come later.
 *
 * @param path where the parameters stand in what was given
 */
export async function placeholderIssues(
  ctx: Context,
  parameters: Json,
  path: readonly string[],
): Promise<Issue[]> {
  const { templates, issues } = planPlaceholders(parameters);
  const checked = await ctx.templates.check(templates.map(({ source }) => source));
  const bad = templates.flatMap((template, at) =>
    (checked[at] ?? []).map((problem) => ({
      path: [...template.path],
      message: `${problem.message}${placeOf(problem)}`,
    })),
  );
  return [...issues, ...bad].map((issue) => issueAt(path, issue.path, issue.message));
}

/**
 * Parameters with their placeholders filled in (inputs.md 6.6). All else in them is data: texts that look like templates stay
 * as they are. Templates see the variables that are not secret, and the time as `now`.
 *
 * @throws InvalidInputError where one cannot be filled in
 */
export async function fillPlaceholders(
  db: Executor,
  ctx: Context,
  parameters: Json,
  path: readonly string[],
): Promise<FilledIn> {
  const plan = planPlaceholders(parameters);
  const { templates, issues } = plan;
  if (issues.length > 0) {
    throw new InvalidInputError(issues.map((issue) => issueAt(path, issue.path, issue.message)));
  }
  if (templates.length === 0 && plan.variables.length === 0)
    return { value: plan.resolve([], {}), secretPlaces: [] };
  const sources = templates.map(({ source }) => source);
  const names = await ctx.templates.names(sources);
  const variables = names.has("variables") ? await readVariables(db) : {};
  try {
    const { values, secretPlaces } = await readPlacedVariables(db, ctx, plan.variables);
    const texts = await ctx.templates.renderText(sources, { variables, now: ctx.now() });
    return { value: checkSize(ctx, plan.resolve(texts, values), path), secretPlaces };
  } catch (error) {
    throw refusalOf(error, plan, path);
  }
}

function checkSize(ctx: Context, filled: Json, path: readonly string[]): Json {
  const problem = jsonProblem(filled, { maxBytes: ctx.settings.maxValueBytes });
  if (problem === null) return filled;
  throw InvalidInputError.at([...path, ...problem.path], problem.message);
}

function refusalOf(error: unknown, { templates }: Rendering, path: readonly string[]): unknown {
  if (error instanceof UnresolvedError)
    return new InvalidInputError([issueAt(path, error.path, error.message)]);
  if (!(error instanceof TemplateError)) return error;
  const failed = templates.find(({ source }) => source === error.template);
  return new InvalidInputError([issueAt(path, failed?.path ?? [], error.message)]);
}

function issueAt(path: readonly string[], within: readonly string[], message: string): Issue {
  const whole = [...path, ...within];
  return {
    path: whole,
    message: `${within.length === 0 ? "the whole" : placeText(within)} cannot be filled in: ${message}`,
  };
}
