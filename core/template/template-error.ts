import type { JsonObject } from "../json.ts";

/** What is wrong with a template, and where, from 1. */
export interface TemplateProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** Characters of a template's source that are told with an error. */
const mostSource = 2_000;

/** A template cannot be rendered with what it was given. Rendering it again would fail again. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";

  /**
   * @param problem line and column are 0 where they are not known
   * @param template its source
   * @param isLost whether what rendered it was ended: the machine may just have been too busy
   */
  constructor(
    readonly problem: TemplateProblem,
    readonly template: string,
    readonly isLost = false,
  ) {
    super(`Template rendering failed: ${problem.message}${placeOf(problem)}`);
  }

  get line(): number | null {
    return this.problem.line === 0 ? null : this.problem.line;
  }

  get column(): number | null {
    return this.problem.line === 0 ? null : this.problem.column;
  }

  /** The source, cut where it is long. */
  get source(): string {
    return this.template.length > mostSource
      ? this.template.slice(0, mostSource).toWellFormed()
      : this.template;
  }

  /** For the result of an action that failed by it. */
  details(): JsonObject {
    const { message } = this.problem;
    return { template_error: message, template_source: this.source, line: this.line, column: this.column };
  }
}

/** ` (line 1, column 4)`; nothing where the place is not known. */
export function placeOf({ line, column }: TemplateProblem): string {
  return line === 0 ? "" : ` (line ${line}, column ${column})`;
}
