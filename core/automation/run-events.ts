import type { LabelSpec } from "../trigger/trigger.ts";

/** What the names of runs' events, and the resource ids of runs, begin with. */
export const runPrefix = "prefect.flow-run.";

/** Whether some text that begins with `prefix` may fit the pattern, in which `*` stands for any run of characters. */
export function mayFit(pattern: string, prefix: string): boolean {
  if (pattern.startsWith("!")) return true;
  const star = pattern.indexOf("*");
  if (star < 0) return pattern.startsWith(prefix);
  const literal = pattern.slice(0, star);
  return prefix.startsWith(literal) || literal.startsWith(prefix);
}

/** Whether the specification holds for every run: it is empty, or names nothing but the resource id with a wildcard for all runs. */
export function isUnrestricted(spec: LabelSpec): boolean {
  return Object.entries(spec).every(
    ([label, patterns]) => label === "prefect.resource.id" && patterns.some(fitsEveryRun),
  );
}

function fitsEveryRun(pattern: string): boolean {
  return pattern.endsWith("*") && runPrefix.startsWith(pattern.slice(0, -1));
}
