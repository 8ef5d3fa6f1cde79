import type { Issue } from "../error.ts";
import { isPlainObject, textProblem } from "../json.ts";

/** Labels of one resource, its id included. */
const maxLabels = 500;

/**
 * What is wrong with the labels of one resource, at `path`; nothing where they are as they must be.
 *
 * @param kind a related resource must say its role
 */
export function labelIssues(given: unknown, path: readonly string[], kind: "primary" | "related"): Issue[] {
  if (!isPlainObject(given))
    return [{ path: [...path], message: `must be an object of labels, and is ${named(given)}` }];
  const issues: Issue[] = [];
  const labels = Object.keys(given);
  if (labels.length > maxLabels)
    issues.push({ path: [...path], message: `has ${labels.length} labels; at most ${maxLabels} are taken` });
  for (const label of labels) {
    const problem = valueProblem(given[label]);
    if (problem !== null) issues.push({ path: [...path, label], message: problem });
    const inName = textProblem(label);
    if (inName !== null) issues.push({ path: [...path], message: `has a label whose name ${inName}` });
  }
  requireLabel(given, "prefect.resource.id", "resource id is required", path, issues);
  if (kind === "related") requireLabel(given, "prefect.resource.role", "role is required", path, issues);
  return issues;
}

function valueProblem(value: unknown): string | null {
  if (typeof value !== "string") return `must be a text, and is ${named(value)}`;
  return textProblem(value);
}

function requireLabel(
  labels: Record<string, unknown>,
  label: string,
  message: string,
  path: readonly string[],
  issues: Issue[],
): void {
  // Whatever else it is than missing or empty has been told already.
  if (Object.hasOwn(labels, label) && labels[label] !== "") return;
  issues.push({ path: [...path, label], message: `${message}: a text that is not empty` });
}

/** What a value is, in words. */
function named(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object"
    ? "an object"
    : `the ${typeof value} ${JSON.stringify(value)?.slice(0, 80)}`;
}
