import type { LabelSpec } from "../trigger/trigger.ts";
import type { Labels } from "./event.ts";
import { anyOf, labelPattern, namePattern, type TextTest } from "./pattern.ts";

/** A label of a specification that a resource does not satisfy. */
export interface LabelFailure {
  readonly label: string;
  readonly patterns: readonly string[];
  /** What the resource has there; null where it lacks the label. */
  readonly value: string | null;
}

interface CompiledLabel {
  readonly label: string;
  readonly accepts: TextTest;
}

const specs = new WeakMap<LabelSpec, readonly CompiledLabel[]>();
const nameLists = new WeakMap<readonly string[], TextTest>();

/** Whether one resource satisfies the whole specification. A resource that lacks a label fails every pattern for it. */
export function specHolds(spec: LabelSpec, resource: Labels): boolean {
  for (const { label, accepts } of compiled(spec)) {
    const value = labelValue(resource, label);
    if (value === null || !accepts(value)) return false;
  }
  return true;
}

/** What a resource does not satisfy, in the specification's order; empty where it satisfies all. */
export function specFailures(spec: LabelSpec, resource: Labels): LabelFailure[] {
  return compiled(spec).flatMap(({ label, accepts }) => {
    const value = labelValue(resource, label);
    return value !== null && accepts(value) ? [] : [{ label, patterns: spec[label] ?? [], value }];
  });
}

/** Whether each specification holds on some related resource, be it the same or different ones. An empty one is no restriction. */
export function relatedHolds(all: readonly LabelSpec[], related: readonly Labels[]): boolean {
  return all.every(
    (spec) => compiled(spec).length === 0 || related.some((resource) => specHolds(spec, resource)),
  );
}

/** Whether some pattern covers the name of an event; an empty list covers every name. */
export function namesCover(patterns: readonly string[], name: string): boolean {
  if (patterns.length === 0) return true;
  let test = nameLists.get(patterns);
  if (test === undefined) {
    test = anyOf(patterns.map(namePattern));
    nameLists.set(patterns, test);
  }
  return test(name);
}

/** The value of a label; null where there is none. (What every object inherits is no label.) */
export function labelValue(resource: Labels, label: string): string | null {
  const value: unknown = resource[label];
  return typeof value === "string" ? value : null;
}

function compiled(spec: LabelSpec): readonly CompiledLabel[] {
  let labels = specs.get(spec);
  if (labels === undefined) {
    labels = Object.entries(spec).map(([label, patterns]) => ({
      label,
      accepts: anyOf(patterns.map(labelPattern)),
    }));
    specs.set(spec, labels);
  }
  return labels;
}
