import type { Issue } from "../error.ts";
import { InvalidInputError } from "../error.ts";
import { inDocumentOrder } from "./document-order.ts";
import { placeText } from "./place-text.ts";

/**
 * How a definition is written: a `document` has keys in snake_case and tells kinds apart by `type`; `code` is the same with keys in
 * camelCase or snake_case; `input` is typed GraphQL input, with keys in camelCase and an object of one member where a kind is chosen.
 */
export type Dialect = "document" | "code" | "input";

/** A value with its place in what was given. */
export interface Given {
  readonly value: unknown;
  readonly path: readonly string[];
}

const mostIssues = 100;

/** One reading of a definition, which goes on behind each problem, so that all of them are told at once. */
export class Reading {
  readonly issues: Issue[] = [];

  /** @param subject what the whole is called in messages, such as "the trigger" */
  constructor(
    readonly dialect: Dialect,
    readonly subject: string,
  ) {}

  /** Notes a problem; `rule` completes the sentence that begins with the place. */
  refuse(path: readonly string[], rule: string): void {
    if (this.issues.length >= mostIssues) return;
    const place = path.length === 0 ? this.subject : placeText(path);
    this.issues.push({ path: [...path], message: `${place} ${rule}` });
  }

  /**
   * What was read, where nothing was wrong with it.
   *
   * @param document what was given, whose order is that of the problems
   * @throws InvalidInputError with every problem
   */
  finish<T>(read: T, document?: unknown): T {
    if (this.issues.length === 0) return read;
    throw invalid(inDocumentOrder(this.issues, document));
  }
}

/** The error of problems whose messages name their places. */
export function invalid(issues: Issue[]): InvalidInputError {
  return new InvalidInputError(issues, issues.map((issue) => issue.message).join("; "));
}
