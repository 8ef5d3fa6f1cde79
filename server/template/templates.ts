import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Json, JsonObject } from "../../core/json.ts";
import { jsonBytes } from "../../core/json.ts";
import { encodeContext } from "../../core/template/encode-context.ts";
import { isTemplate } from "../../core/template/is-template.ts";
import { planRendering, UnresolvedError } from "../../core/template/rendering.ts";
import { TemplateError, type TemplateProblem } from "../../core/template/template-error.ts";
import type { TemplateContext } from "../../core/template/value.ts";
import { findRoot } from "../root.ts";
import { JobLostError, TemplatePool } from "./pool.ts";
import type { CheckedSource, JobTemplate } from "./protocol.ts";

/** UTF-8 bytes of a rendered text, and of all parameters that are rendered together. */
const mostText = 256 * 1024;
const mostValue = 512 * 1024;

export interface RenderOptions {
  /** Whether using what is undefined is an error. */
  strict?: boolean | undefined;
  /** What placeholders of workspace variables stand for. */
  variables?: JsonObject | undefined;
  /** Whether objects with a kind are placeholders, as they are where nothing is said, or just data. */
  kinds?: boolean | undefined;
}

/** Templates: Jinja's language, rendered apart from the server (docs/templates.md). */
export interface Templates {
  /** What is wrong with each of these texts; nothing with a good template, and with a text that is none. */
  check(sources: readonly string[]): Promise<TemplateProblem[][]>;
  /** The top-level names that these templates read. Bad ones read none. */
  names(sources: readonly string[]): Promise<Set<string>>;
  /** The same of each. */
  namesOfEach(sources: readonly string[]): Promise<string[][]>;
  /**
   * Each text rendered, all within one budget. A text that is no template stays as it is.
   *
   * @throws TemplateError
   */
  renderText(
    sources: readonly string[],
    context: TemplateContext,
    options?: RenderOptions,
  ): Promise<string[]>;
  /**
   * A JSON value with every template in it rendered, at any depth, types kept and placeholders filled in (actions.md 3.6).
   *
   * @throws TemplateError
   * @throws UnresolvedError where a placeholder cannot be filled in
   */
  renderValue(value: Json, context: TemplateContext, options?: RenderOptions): Promise<Json>;
  /** Starts what renders, so that the first who asks need not wait for it. */
  warm(): void;
  close(): Promise<void>;
}

export interface TemplatesOptions {
  /** Where the console is, asked at each render. */
  publicUrl: () => string;
  now?: () => Date;
  pool?: TemplatePool;
}

/** Starts nothing before it is asked for something. */
export function createTemplates({ publicUrl, now = () => new Date(), pool }: TemplatesOptions): Templates {
  const threads = pool ?? new TemplatePool({ entry: builtThread() });

  async function checkAll(sources: readonly string[]): Promise<CheckedSource[]> {
    const wanted = [...new Set(sources.filter(isTemplate))];
    if (wanted.length === 0) return sources.map(() => unchecked);
    const found = new Map<string, CheckedSource>();
    // One job has a second: many long templates go in several.
    for (const some of portions(wanted)) {
      try {
        const answer = await threads.run({ kind: "check", sources: some });
        if (answer.kind === "checked")
          for (const [at, source] of some.entries()) found.set(source, answer.checked[at] ?? unchecked);
        else if (answer.kind === "failed") for (const source of some) found.set(source, bad(answer.problem));
      } catch (error) {
        if (!(error instanceof JobLostError)) throw error;
        for (const source of some) found.set(source, bad({ message: error.message, line: 1, column: 1 }));
      }
    }
    return sources.map((source) => found.get(source) ?? unchecked);
  }

  async function render(
    templates: readonly JobTemplate[],
    context: TemplateContext,
    options: RenderOptions,
  ): Promise<Json[]> {
    if (templates.length === 0) return [];
    try {
      const answer = await threads.run({
        kind: "render",
        templates,
        context: JSON.stringify(encodeContext(context)),
        now: now().getTime(),
        url: publicUrl(),
        strict: options.strict ?? false,
      });
      if (answer.kind === "rendered") return JSON.parse(answer.values) as Json[]; // a list of JSON values
      if (answer.kind === "failed")
        throw new TemplateError(answer.problem, templates[answer.at]?.source ?? "");
      throw new Error(`A template's thread answered ${answer.kind}.`);
    } catch (error) {
      if (!(error instanceof JobLostError)) throw error;
      const problem = { message: error.message, line: 0, column: 0 };
      throw new TemplateError(problem, templates[0]?.source ?? "", true);
    }
  }

  return {
    check: async (sources) => (await checkAll(sources)).map(({ problems }) => [...problems]),
    names: async (sources) => new Set((await checkAll(sources)).flatMap(({ names }) => names)),
    namesOfEach: async (sources) => (await checkAll(sources)).map(({ names }) => [...names]),
    async renderText(sources, context, options = {}) {
      const wanted = sources.filter(isTemplate);
      const values = await render(
        wanted.map((source) => ({ source, as: "text" })),
        context,
        options,
      );
      let at = 0;
      return sources.map((source) => {
        if (!isTemplate(source)) return source;
        const text = String(values[at++]);
        if (Buffer.byteLength(text) > mostText) throw failed(tooLong(mostText), source);
        return text;
      });
    },
    async renderValue(value, context, options = {}) {
      const plan = planRendering(value, options.kinds);
      const [issue] = plan.issues;
      if (issue !== undefined) throw new UnresolvedError(issue.message);
      const results = await render(plan.templates, context, options);
      const resolved = plan.resolve(results, options.variables ?? {});
      if (plan.templates.length > 0 && jsonBytes(resolved) > mostValue)
        throw failed(tooLong(mostValue), plan.templates[0]?.source ?? "");
      return resolved;
    },
    warm: () => threads.warm(),
    close: () => threads.close(),
  };
}

const unchecked: CheckedSource = { problems: [], names: [] };

function bad(problem: TemplateProblem): CheckedSource {
  return { problems: [problem], names: [] };
}

function failed(message: string, source: string): TemplateError {
  return new TemplateError({ message, line: 0, column: 0 }, source);
}

function tooLong(most: number): string {
  return `what it makes is longer than ${most / 1024} KiB`;
}

/** Characters that are checked in one job. */
const portion = 64 * 1024;

function portions(sources: readonly string[]): string[][] {
  const parts: string[][] = [];
  let size = portion;
  for (const source of sources) {
    if (size + source.length > portion) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(source);
    size += source.length + 500;
  }
  return parts;
}

/** What the build makes of `thread.ts` and `jail/`. */
function builtThread(): URL {
  return pathToFileURL(path.join(findRoot(), "server/template/dist/thread.js"));
}
