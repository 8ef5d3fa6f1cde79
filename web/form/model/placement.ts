import type { Issue } from "../../../core/error.ts";
import { inWords } from "./label.ts";
import { type FormValue, type Path, valueAt } from "./value.ts";

/** A path as a key of maps. */
export function pathKey(path: Path): string {
  return path.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Stands for the top of the form, beside the keys of fields. */
export const onTop = "top";

/**
 * Where an issue is shown: at the field of its path, or the nearest one that holds it, or on top of the form.
 *
 * @param fields the keys of the paths of the fields that are there
 */
export function placeOf(issue: Issue, fields: ReadonlySet<string>): string {
  for (let length = issue.path.length; length >= 0; length -= 1) {
    const key = pathKey(issue.path.slice(0, length));
    if (fields.has(key)) return key;
  }
  return onTop;
}

/** The issues by the field that shows them; those of the whole form under `onTop`. What lies deeper than the field is said in words. */
export function placeIssues(issues: readonly Issue[], fields: ReadonlySet<string>): Map<string, string[]> {
  const placed = new Map<string, string[]>();
  for (const issue of issues) {
    const key = placeOf(issue, fields);
    const depth = key.split("/").length - 1;
    const rest = issue.path.slice(depth);
    const message = rest.length === 0 ? issue.message : `${whereInWords(rest)}: ${issue.message}`;
    const known = placed.get(key) ?? [];
    if (!known.includes(message)) placed.set(key, [...known, message]);
  }
  return placed;
}

function whereInWords(path: Path): string {
  return path.map((step) => (/^\d+$/.test(step) ? `Item ${Number(step) + 1}` : inWords(step))).join(" › ");
}

/** The issues that may still hold when the value has changed: those of a place that is as it was, and those of the whole. */
export function issuesLeft(issues: readonly Issue[], before: FormValue, after: FormValue): Issue[] {
  return issues.filter(({ path }) => {
    if (path.length === 0) return before === after || (typeof after === "object" && after !== null);
    // What is missing has no value to compare: there it must be missing from a thing that is still there.
    const holder = path.slice(0, -1);
    return (
      valueAt(before, path) === valueAt(after, path) &&
      (valueAt(before, holder) === undefined) === (valueAt(after, holder) === undefined)
    );
  });
}
