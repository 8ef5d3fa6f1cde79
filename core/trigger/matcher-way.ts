import { labelValue } from "../event/label-spec.ts";
import { anyOf, labelPattern, namePattern } from "../event/pattern.ts";
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

/** One of those that must all hold for a leaf to want an event. */
export interface Condition {
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
  ways: [{ field: { of: "name" }, literals: [{ at: "start", text: "prefect.flow-run." }], proves: false }],
  holds: (event) => runStateOf(event.event) !== null,
};

/** Null where every name is covered. */
function coveredBy({ expect, after }: EventTrigger): Condition | null {
  if (expect.length === 0) return null;
  const patterns = [...expect, ...after];
  const covers = anyOf(patterns.map(namePattern));
  const field = { of: "name" } as const;
  const ways = [patterns.map(literalOf), patterns.map(endOf)].flatMap((literals) =>
    literals.every(isSome) ? [{ field, literals, proves: literals.every(isWhole) }] : [],
  );
  return { ways, holds: (event) => covers(event.event) };
}

function labelled(label: string, patterns: readonly string[]): Condition {
  const accepts = anyOf(patterns.map(labelPattern));
  return {
    ways: [wayTo("resource", label, patterns, true)],
    holds(event) {
      const value = labelValue(event.resource, label);
      return value !== null && accepts(value);
    },
  };
}

/** Null for a specification that is no restriction. */
function relatedTo(spec: LabelSpec): Condition | null {
  const labels = Object.entries(spec).map(([label, patterns]) => ({
    label,
    patterns,
    accepts: anyOf(patterns.map(labelPattern)),
  }));
  if (labels.length === 0) return null;
  return {
    ways: labels.map(({ label, patterns }) => wayTo("related", label, patterns, labels.length === 1)),
    holds: (event) =>
      event.related.some((resource) =>
        labels.every(({ label, accepts }) => {
          const value = labelValue(resource, label);
          return value !== null && accepts(value);
        }),
      ),
  };
}

function wayTo(of: "resource" | "related", label: string, patterns: readonly string[], alone: boolean): Way {
  const literals = patterns.map(literalOf);
  // A negated pattern, like `*`, wants the label to be there.
  if (!literals.every(isSome)) return { field: { of, label }, literals: [anyText], proves: false };
  return { field: { of, label }, literals, proves: alone && literals.every(isWhole) };
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

function isWhole(literal: Literal): boolean {
  return literal.at === "whole";
}

/** How many other texts of a field may well have the literal too. */
export function breadth({ at, text }: Literal): number {
  if (at === "whole") return 1;
  return text === "" ? 1000 : 8;
}
