import type { TemplateProblem } from "../../core/template/template-error.ts";

/** One template of a job. */
export interface JobTemplate {
  readonly source: string;
  readonly as: "text" | "value";
}

/** What a thread is asked to do. */
export type Job =
  | { readonly kind: "check"; readonly sources: readonly string[] }
  | {
      readonly kind: "render";
      readonly templates: readonly JobTemplate[];
      /** JSON, as `encodeContext` makes it. */
      readonly context: string;
      /** Milliseconds since 1970. */
      readonly now: number;
      /** Where the console is. */
      readonly url: string;
      readonly strict: boolean;
    };

export interface CheckedSource {
  readonly problems: readonly TemplateProblem[];
  /** Top-level names that it reads. */
  readonly names: readonly string[];
}

/** What a thread answers. */
export type Answer =
  | { readonly kind: "ready" }
  | { readonly kind: "checked"; readonly checked: readonly CheckedSource[] }
  /** The values as one JSON list. */
  | { readonly kind: "rendered"; readonly values: string }
  | { readonly kind: "failed"; readonly at: number; readonly problem: TemplateProblem };
