import type { Labels } from "../event/event.ts";

/** Labels as templates see them: with short names, dotted walks, and pairs of label and value to go through. */
export class LabelTree {
  constructor(readonly labels: Labels) {}
}

/** The kinds of objects that have a page in the console, or events of their own. */
export type ThingKind =
  | "automation"
  | "block-document"
  | "concurrency-limit"
  | "deployment"
  | "event"
  | "flow"
  | "flow-run"
  | "task-run"
  | "work-pool"
  | "work-queue";

/** An object of one of these kinds, for `ui_url`; `fields.id` says which. */
export class Thing {
  constructor(
    readonly kind: ThingKind,
    readonly fields: { readonly [name: string]: TemplateValue | undefined },
  ) {}
}

/** Headers of a request, by their names in lower case; templates may write them in any case. */
export class HeaderMap {
  constructor(readonly headers: Readonly<Record<string, string>>) {}
}

/** What a template can be given: JSON, dates, labels and objects with a page. */
export type TemplateValue =
  | null
  | boolean
  | number
  | string
  | Date
  | LabelTree
  | Thing
  | HeaderMap
  | readonly TemplateValue[]
  | { readonly [name: string]: TemplateValue | undefined };

/** The top-level names of a template. */
export type TemplateContext = { readonly [name: string]: TemplateValue | undefined };
