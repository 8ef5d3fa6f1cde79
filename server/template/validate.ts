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

/** Looks at a template as saving it would. */
export async function validateTemplate(
  ctx: Context,
  source: string,
  kind: TemplateKind,
): Promise<TemplateCheck> {
  const [problems = []] = await ctx.templates.check([source]);
  const names = problems.length > 0 ? [] : [...(await ctx.templates.names([source]))];
  const there: readonly string[] = known[kind];
  return { problems, unknownNames: names.filter((name) => !there.includes(name)).sort() };
}
