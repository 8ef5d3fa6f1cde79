import path from "node:path";
import { pathToFileURL } from "node:url";
import { TemplateError } from "../../core/template/template-error.ts";
import type { TemplateContext } from "../../core/template/value.ts";
import { findRoot } from "../../server/root.ts";
import { TemplatePool } from "../../server/template/pool.ts";
import { createTemplates, type Templates } from "../../server/template/templates.ts";

/** Threads that render templates, and give them time: a machine may be busy with other tests. */
export function patientPool(patience = 30_000): TemplatePool {
  const entry = pathToFileURL(path.join(findRoot(), "server/template/dist/thread.js"));
  return new TemplatePool({ entry, patience });
}

/** What tests of what templates mean render with. */
export function patientTemplates(patience?: number): Templates {
  return createTemplates({
    publicUrl: () => "http://console",
    now: () => new Date("2026-11-21T12:00:00Z"),
    pool: patientPool(patience),
  });
}

/** The text of one template. */
export async function rendered(
  templates: Templates,
  source: string,
  context: TemplateContext = {},
  options: { strict?: boolean } = {},
): Promise<string> {
  const [text = ""] = await templates.renderText([source], context, options);
  return text;
}

/** What is wrong with a template when it is rendered. */
export async function problemOf(
  templates: Templates,
  source: string,
  context: TemplateContext = {},
  options: { strict?: boolean } = {},
): Promise<TemplateError["problem"]> {
  try {
    const text = await rendered(templates, source, context, options);
    throw new Error(`${JSON.stringify(source)} was rendered: ${JSON.stringify(text)}`);
  } catch (error) {
    if (error instanceof TemplateError) return error.problem;
    throw error;
  }
}
