import type { Issue } from "../error.ts";

/**
 * Problems in the order in which their places stand in a document. What is not there comes at the place that it is missing from, before
 * what that holds.
 */
export function inDocumentOrder(issues: readonly Issue[], document: unknown): Issue[] {
  return issues
    .map((issue) => ({ issue, ranks: ranksOf(issue.path, document) }))
    .sort((one, other) => compare(one.ranks, other.ranks))
    .map(({ issue }) => issue);
}

/** For each step of a path, how many stand before it. */
function ranksOf(path: readonly string[], document: unknown): number[] {
  const ranks: number[] = [];
  let at = document;
  for (const step of path) {
    if (typeof at !== "object" || at === null) break;
    const rank = Object.keys(at).indexOf(step);
    if (rank === -1) break;
    ranks.push(rank);
    at = (at as { [key: string]: unknown })[step]; // its own, as it is among its keys
  }
  return ranks;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const differing = one.findIndex((rank, at) => rank !== other[at]);
  if (differing === -1) return one.length - other.length;
  return (one[differing] ?? 0) - (other[differing] ?? -1);
}
