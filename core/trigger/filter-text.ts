import type { LabelSpec } from "./trigger.ts";

/** Which events a trigger looks at, in plain words that follow on a sentence; empty where it looks at all. */
export function filterText(filters: { match: LabelSpec; matchRelated: readonly LabelSpec[] }): string {
  const primary = specText(filters.match);
  const related = filters.matchRelated.map(specText).map((text) => `, related to a resource whose ${text}`);
  return [primary === "" ? "" : `, of a resource whose ${primary}`, ...related].join("");
}

/** A specification in plain words; empty where it accepts everything. */
export function specText(spec: LabelSpec): string {
  return Object.entries(spec)
    .map(([label, patterns]) => `${label} is ${patternsText(patterns)}`)
    .join(" and ");
}

/** The patterns of one label in plain words. */
export function patternsText(patterns: readonly string[]): string {
  if (patterns.length === 0) return "nothing";
  return patterns
    .map((pattern) => (pattern.startsWith("!") ? `not ${pattern.slice(1)}` : pattern))
    .join(" or ");
}
