import { labelValue } from "../event/label-spec.ts";
import { anyOf, labelPattern, namePattern, type TextTest } from "../event/pattern.ts";
import type { Subject } from "./match.ts";
import { runStateOf } from "./metric-event.ts";
import type { EventTrigger, LabelSpec, MetricTrigger } from "./trigger.ts";

/** What of an event a leaf may be found by. */
export type Field = { readonly of: "name" } | { readonly of: "resource" | "related"; readonly label: string };

/** What every text that fits a pattern has in common: the whole of it, its beginning, or its end. The beginning "" is any text. */
export interface Literal {
  readonly at: "whole" | "start" | "end";
  readonly text: string;
}

/** Every event for which a condition holds has, in the field, a text with one of the literals. */
export interface Way {
  readonly field: Field;
  readonly literals: readonly Literal[];
  /** Whether the condition holds for every event that has come this way. */
  readonly proves: boolean;
}

/** One of those that must all hold for a leaf to want an event. Leaves that ask the same share it. */
export interface Condition {
  /** The same for all that are the same. */
  readonly key: string;
  readonly ways: readonly Way[];
  holds(event: Subject): boolean;
}

const anyText: Literal = { at: "start", text: "" };

export function conditionsOf(leaf: EventTrigger | MetricTrigger): Condition[] {
  const name = leaf.type === "metric" ? aboutRuns : coveredBy(leaf);
  return [
    ...(name === null ? [] : [name]),
    ...Object.entries(leaf.match).map(([label, patterns]) => labelled(label, patterns)),
    ...leaf.matchRelated.flatMap((spec) => relatedTo(spec) ?? []),
  ];
}

const aboutRuns: Condition = {
  key: "runs",
  ways: [{ field: { of: "name" }, literals: [{ at: "start", text: "prefect.flow-run." }], proves: false }],
  holds: (event) => runStateOf(event.event) !== null,
};

/** Null where every name is covered. */
function coveredBy({ expect, after }: EventTrigger): Condition | null {
  if (expect.length === 0) return null;
  const patterns = [...expect, ...after];
  const test = testOf(patterns, namePattern);
  const field = { of: "name" } as const;
  const ways = [patterns.map(literalOf), patterns.map(endOf)].flatMap((literals) =>
    literals.every(isSome) ? [{ field, literals, proves: isProof(patterns, literals) }] : [],
  );
  return {
    key: JSON.stringify(["name", patterns]),
    ways,
    holds: ({ event }) => (typeof test === "string" ? event === test : test(event)),
  };
}

function labelled(label: string, patterns: readonly string[]): Condition {
  const test = testOf(patterns, labelPattern);
  return {
    key: JSON.stringify(["resource", label, patterns]),
    ways: [wayTo("resource", label, patterns, true)],
    holds: ({ resource }) => isAccepted(test, labelValue(resource, label)),
  };
}

/** Null for a specification that is no restriction. */
function relatedTo(spec: LabelSpec): Condition | null {
  const labels = Object.entries(spec).map(([label, patterns]) => ({
    label,
    test: testOf(patterns, labelPattern),
  }));
  if (labels.length === 0) return null;
  const ways = Object.entries(spec).map(([label, patterns]) =>
    wayTo("related", label, patterns, labels.length === 1),
  );
  return new RelatedCondition(JSON.stringify(["related", spec]), ways, labels);
}

class RelatedCondition implements Condition {
  constructor(
    readonly key: string,
    readonly ways: readonly Way[],
    readonly labels: readonly { readonly label: string; readonly test: TextTest | string }[],
  ) {}

  holds({ related }: Subject): boolean {
    return related.some((resource) =>
      this.labels.every(({ label, test }) => isAccepted(test, labelValue(resource, label))),
    );
  }
}

/** The one text that fits, where the patterns are no more than that: it is at hand already, as the literal that led here. */
function testOf(patterns: readonly string[], compile: (pattern: string) => TextTest): TextTest | string {
  const [only] = patterns;
  const isText = only !== undefined && patterns.length === 1 && literalOf(only)?.at === "whole";
  return isText ? only : anyOf(patterns.map(compile));
}

function isAccepted(test: TextTest | string, value: string | null): boolean {
  return typeof test === "string" ? value === test : value !== null && test(value);
}

function wayTo(of: "resource" | "related", label: string, patterns: readonly string[], alone: boolean): Way {
  const literals = patterns.map(literalOf);
  // A negated pattern, like `*`, wants the label to be there.
  if (!literals.every(isSome)) return { field: { of, label }, literals: [anyText], proves: false };
  return { field: { of, label }, literals, proves: alone && isProof(patterns, literals) };
}

function literalOf(pattern: string): Literal | null {
  if (pattern.startsWith("!")) return null;
  const star = pattern.indexOf("*");
  if (star < 0) return { at: "whole", text: pattern };
  return star > 0 ? { at: "start", text: copyOf(pattern.slice(0, star)) } : endOf(pattern);
}

/** `order.*.failed` is, among many that begin alike, better found by its end. */
function endOf(pattern: string): Literal | null {
  if (pattern.startsWith("!") || !pattern.includes("*")) return null;
  const text = pattern.slice(pattern.lastIndexOf("*") + 1);
  return text === "" ? null : { at: "end", text: copyOf(text) };
}

/** A text of its own: a slice would be read through the pattern that it is cut from, each time it is compared. */
function copyOf(slice: string): string {
  return Array.from(slice).join("");
}

function isSome(literal: Literal | null): literal is Literal {
  return literal !== null;
}

/** Whether a text that has one of the literals fits a pattern: each is the whole of its pattern, or all but a `*` at the end. */
function isProof(patterns: readonly string[], literals: readonly Literal[]): boolean {
  return literals.every(
    ({ at, text }, index) => at === "whole" || (at === "start" && patterns[index] === `${text}*`),
  );
}

/** How many other texts of a field may well have the literal too. */
export function breadth({ at, text }: Literal): number {
  if (at === "whole") return 1;
  return text === "" ? 1000 : 8;
}
