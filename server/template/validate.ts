import type { TemplateProblem } from "../../core/template/template-error.ts";
import type { Context } from "../context.ts";

/** What templates of this kind see (actions.md 3.2, 6.2): of an automation's actions, or of a webhook. */
const known = {
  AUTOMATION: [
    ...["automation", "event", "labels", "firing", "firings", "events", "variables", "metric", "now"],
    ...["flow", "flow_run", "task_run", "deployment", "work_pool", "work_queue", "concurrency_limit"],
  ],
  WEBHOOK: ["body", "headers", "method", "query", "query_lists", "form_lists", "now"],
} as const;

export type TemplateKind = keyof typeof known;

/** What can be said of a template before it is rendered. */
export interface TemplateCheck {
  readonly problems: readonly TemplateProblem[];
  /** Top-level names that nothing stands behind: no errors, they are undefined. */
  readonly unknownNames: readonly string[];
}

/** What templates of a kind see. */
export function knownNames(kind: TemplateKind): readonly string[] {
  return known[kind];
}

/** Of each template the names that nothing stands behind, in their alphabet's order. Bad ones have none. */
export async function unknownNames(
  ctx: Context,
  sources: readonly string[],
  kind: TemplateKind,
): Promise<string[][]> {
  const read = await ctx.templates.namesOfEach(sources);
  return read.map((names) => names.filter((name) => !knownNames(kind).includes(name)).sort());
}

/** Looks at a template as saving it would. */
export async function validateTemplate(
  ctx: Context,
  source: string,
  kind: TemplateKind,
): Promise<TemplateCheck> {
  const [problems = []] = await ctx.templates.check([source]);
  const [unknown = []] = problems.length > 0 ? [] : await unknownNames(ctx, [source], kind);
  return { problems, unknownNames: unknown };
}
