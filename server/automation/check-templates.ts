import type { ActionLists } from "../../core/automation/automation.ts";
import { definitionTemplates } from "../../core/automation/definition-templates.ts";
import { placeText } from "../../core/document/place-text.ts";
import { type Dialect, invalid } from "../../core/document/reading.ts";
import type { Issue } from "../../core/error.ts";
import { placeOf } from "../../core/template/template-error.ts";
import type { Context } from "../context.ts";

/** Definitions of which all templates are good; whoever has one looked at again need not wait. */
const good = new WeakSet<ActionLists>();

/**
 * What is wrong with the templates in the actions of a definition: their syntax, what they use, their limits (actions.md 3.1).
 *
 * @param dialect how the definition was written, for the paths
 */
export async function templateIssues(
  ctx: Context,
  definition: ActionLists,
  dialect: Dialect = "document",
): Promise<Issue[]> {
  if (good.has(definition)) return [];
  const templates = definitionTemplates(definition, dialect);
  const checked = await ctx.templates.check(templates.map(({ source }) => source));
  const issues = templates.flatMap(({ path }, at) =>
    (checked[at] ?? []).map((problem) => ({
      path: [...path],
      message: `${placeText(path)} is no template that can be filled in: ${problem.message}${placeOf(problem)}`,
    })),
  );
  if (issues.length === 0) good.add(definition);
  return issues;
}

/** @throws InvalidInputError with every problem */
export async function checkTemplates(
  ctx: Context,
  definition: ActionLists,
  dialect: Dialect = "document",
): Promise<void> {
  const issues = await templateIssues(ctx, definition, dialect);
  if (issues.length > 0) throw invalid(issues);
}
