import type { Issue } from "../../../core/error.ts";
import { inWords } from "../../../core/form/label.ts";
import { type FormValue, type Path, valueAt } from "../../../core/form/value.ts";

/** A path as a key of maps. */
export function pathKey(path: Path): string {
  return path.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** Stands for the top of the form, beside the keys of fields. */
export const onTop = "top";

/**
 * Where an issue is shown: at the field of its path, or the nearest one that holds it, or on top of the form.
 *
 * @param fields what has the keys of the paths of the fields that are there
 */
export function placeOf(issue: Issue, fields: Pick<ReadonlySet<string>, "has">): string {
  for (let length = issue.path.length; length >= 0; length -= 1) {
    const key = pathKey(issue.path.slice(0, length));
    if (fields.has(key)) return key;
  }
  return onTop;
}

/** The fields that a rule ties to the one at a path, by their names in the same object. */
export type Tied = (path: Path) => readonly string[];

/**
 * The issues by the field that shows them; those of the whole form under `onTop`. What lies deeper than the field is said in words, and
 * fields are called by their labels.
 *
 * @param labels of the fields that are there, by the keys of their paths
 */
export function placeIssues(
  issues: readonly Issue[],
  labels: ReadonlyMap<string, string>,
  tied: Tied,
): Map<string, string[]> {
  const placed = new Map<string, string[]>();
  for (const issue of issues) {
    const key = placeOf(issue, labels);
    const depth = key.split("/").length - 1;
    const rest = issue.path.slice(depth);
    const said = withLabels(issue, labels, tied);
    const name = rest.length === 0 ? labels.get(key) : whereInWords(rest);
    const unnamed = withoutName(said, issue.path);
    const message =
      unnamed !== null && name !== undefined
        ? `${name} ${unnamed}`
        : rest.length === 0
          ? said
          : `${whereInWords(rest)}: ${said}`;
    const known = placed.get(key) ?? [];
    if (!known.includes(message)) placed.set(key, [...known, message]);
  }
  return placed;
}

/** The message without the name of its own field that it begins with; null where it does not. */
function withoutName(message: string, path: Path): string | null {
  const name = `${JSON.stringify(path.at(-1))} `;
  return message.startsWith(name) ? message.slice(name.length) : null;
}

/** The message with the labels of the fields that it compares its own with, in place of their names. */
function withLabels({ path, message }: Issue, labels: ReadonlyMap<string, string>, tied: Tied): string {
  const known = new Map(
    tied(path)
      .filter((name) => name !== path.at(-1))
      .map((name) => [JSON.stringify(name), labels.get(pathKey([...path.slice(0, -1), name]))]),
  );
  return message.replace(/"(?:[^"\\]|\\.)*"/g, (quoted) => {
    const label = known.get(quoted);
    return label === undefined ? quoted : JSON.stringify(label);
  });
}

function whereInWords(path: Path): string {
  return path.map((step) => (/^\d+$/.test(step) ? `Item ${Number(step) + 1}` : inWords(step))).join(" › ");
}

/**
 * The issues that may still hold when the value has changed: those of a place that is as it was, and so is what rules tie to it, and those
 * of the whole.
 */
export function issuesLeft(
  issues: readonly Issue[],
  before: FormValue,
  after: FormValue,
  tied: Tied,
): Issue[] {
  return issues.filter(({ path }) => {
    if (path.length === 0) return before === after || (typeof after === "object" && after !== null);
    // What is missing has no value to compare: there it must be missing from a thing that is still there.
    const holder = path.slice(0, -1);
    return (
      valueAt(before, path) === valueAt(after, path) &&
      tied(path).every((name) => valueAt(before, [...holder, name]) === valueAt(after, [...holder, name])) &&
      (valueAt(before, holder) === undefined) === (valueAt(after, holder) === undefined)
    );
  });
}
