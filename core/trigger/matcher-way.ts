import type { Labels } from "../event/event.ts";
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
  /**
   * What is left of the condition for an event that has come this way: nothing, all of it, or a test that is less. Thousands that are told
   * apart by what led to them are often left with the same, so that nothing of their own is read for it.
   */
  readonly left: "nothing" | "all" | Test;
}

/** What an event is asked. */
export interface Test {
  /** The same for all that are the same. */
  readonly key: string;
  /** @param via the related resource of which the last label was that led here; null where it was none's */
  holds(event: Subject, via: Labels | null): boolean;
}

/** One of those that must all hold for a leaf to want an event. Leaves that ask the same share it. */
export interface Condition extends Test {
  readonly ways: readonly Way[];
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
  ways: [{ field: { of: "name" }, literals: [{ at: "start", text: "prefect.flow-run." }], left: "all" }],
  holds: (event) => runStateOf(event.event) !== null,
};

/** Null where every name is covered. */
function coveredBy({ expect, after }: EventTrigger): Condition | null {
  if (expect.length === 0) return null;
  const patterns = [...expect, ...after];
  const test = testOf(patterns, namePattern);
  const field = { of: "name" } as const;
  const ways = [patterns.map(literalOf), patterns.map(endOf)].flatMap((literals) =>
    literals.every(isSome) ? [{ field, literals, left: leftOfName(patterns, literals) }] : [],
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
    ways: [wayTo("resource", label, patterns, "nothing")],
    holds: ({ resource }) => isAccepted(test, labelValue(resource, label)),
  };
}

/** Null for a specification that is no restriction. */
function relatedTo(spec: LabelSpec): Condition | null {
  const entries = Object.entries(spec);
  if (entries.length === 0) return null;
  const ways = entries.map((entry) => {
    const others = entries.filter((other) => other !== entry);
    return wayTo("related", ...entry, others.length === 0 ? "nothing" : onTheWay(others));
  });
  const fits = resourceTest(entries);
  return { key: JSON.stringify(["related", entries]), ways, holds: ({ related }) => related.some(fits) };
}

/** The related resource with the one label has the others too; another that has them all is come by as well. */
function onTheWay(entries: [string, readonly string[]][]): Test {
  const fits = resourceTest(entries);
  return { key: JSON.stringify(["via", entries]), holds: (_, via) => via !== null && fits(via) };
}

function resourceTest(entries: [string, readonly string[]][]): (resource: Labels) => boolean {
  const labels = entries.map(([label, patterns]) => ({ label, test: testOf(patterns, labelPattern) }));
  return (resource) => labels.every(({ label, test }) => isAccepted(test, labelValue(resource, label)));
}

/** The one text that fits, where the patterns are no more than that. */
function testOf(patterns: readonly string[], compile: (pattern: string) => TextTest): TextTest | string {
  const [only] = patterns;
  const isText = only !== undefined && patterns.length === 1 && literalOf(only)?.at === "whole";
  return isText ? only : anyOf(patterns.map(compile));
}

function isAccepted(test: TextTest | string, value: string | null): boolean {
  return typeof test === "string" ? value === test : value !== null && test(value);
}

/** @param others what is left where the label itself is proved */
function wayTo(
  of: "resource" | "related",
  label: string,
  patterns: readonly string[],
  others: "nothing" | Test,
): Way {
  const literals = patterns.map(literalOf);
  // A negated pattern, like `*`, wants the label to be there.
  if (!literals.every(isSome)) return { field: { of, label }, literals: [anyText], left: "all" };
  return { field: { of, label }, literals, left: isProof(patterns, literals) ? others : "all" };
}

function literalOf(pattern: string): Literal | null {
  if (pattern.startsWith("!")) return null;
  const star = pattern.indexOf("*");
  if (star < 0) return { at: "whole", text: pattern };
  return star > 0 ? { at: "start", text: pattern.slice(0, star) } : endOf(pattern);
}

/** `order.*.failed` is, among many that begin alike, better found by its end. */
function endOf(pattern: string): Literal | null {
  if (pattern.startsWith("!") || !pattern.includes("*")) return null;
  const text = pattern.slice(pattern.lastIndexOf("*") + 1);
  return text === "" ? null : { at: "end", text };
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

/** A name that begins, or ends, as its only pattern does is still to fit the rest of it with the rest of itself. */
function leftOfName(patterns: readonly string[], literals: readonly Literal[]): Way["left"] {
  if (isProof(patterns, literals)) return "nothing";
  const [pattern = "", ...otherPatterns] = patterns;
  const [literal] = literals;
  if (literal === undefined || otherPatterns.length > 0) return "all";
  const { length } = literal.text;
  const atStart = literal.at === "start";
  const restOf = (text: string) => (atStart ? text.slice(length) : text.slice(0, text.length - length));
  const fits = namePattern(restOf(pattern));
  return {
    key: JSON.stringify(["rest", literal.at, length, restOf(pattern)]),
    holds: ({ event }) => fits(restOf(event)),
  };
}

/** How many other texts of a field may well have the literal too. */
export function breadth({ at, text }: Literal): number {
  if (at === "whole") return 1;
  return text === "" ? 1000 : 8;
}
