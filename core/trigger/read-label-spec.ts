import { describeValue, itIs } from "../document/describe-value.ts";
import type { Given, Reading } from "../document/reading.ts";
import { sortedSet } from "../document/values.ts";
import { isPlainObject, textProblem } from "../json.ts";
import type { LabelSpec } from "./trigger.ts";

/** A specification of labels; `{}` where it is left out. */
export function readLabelSpec(reading: Reading, given: Given | null): LabelSpec {
  if (given === null) return {};
  if (isPlainObject(given.value)) return readLabels(reading, given.value, given.path);
  reading.refuse(given.path, `must be an object of labels; ${itIs(given.value)}`);
  return {};
}

/** One specification or a list of them; those without labels restrict nothing and are left out. */
export function readRelatedSpecs(reading: Reading, given: Given | null): LabelSpec[] {
  if (given === null) return [];
  const { value, path } = given;
  if (!Array.isArray(value) && !isPlainObject(value)) {
    reading.refuse(path, `must be an object of labels or a list of such objects; ${itIs(value)}`);
    return [];
  }
  const specs = Array.isArray(value)
    ? Array.from(value, (item: unknown, index) =>
        readLabelSpec(reading, { value: item, path: [...path, String(index)] }),
      )
    : [readLabels(reading, value, path)];
  return specs.filter((spec) => Object.keys(spec).length > 0);
}

function readLabels(
  reading: Reading,
  labels: Readonly<Record<string, unknown>>,
  path: readonly string[],
): LabelSpec {
  const entries = Object.entries(labels)
    .filter(([, value]) => value !== undefined)
    .map(([label, value]): [string, string[]] => {
      const place = [...path, label];
      const problem = textProblem(label);
      if (problem !== null) reading.refuse(place, `has a name that ${problem}`);
      return [label, readPatterns(reading, value, place)];
    });
  return Object.fromEntries(entries);
}

function readPatterns(reading: Reading, value: unknown, path: readonly string[]): string[] {
  const patterns: unknown[] = Array.isArray(value) ? Array.from(value) : [value];
  const texts = patterns.filter((pattern) => typeof pattern === "string");
  if (texts.length < patterns.length) {
    const other = patterns.find((pattern) => typeof pattern !== "string");
    const which = Array.isArray(value) ? `it holds ${describeValue(other)}` : itIs(value);
    reading.refuse(path, `must be text or a list of texts; ${which}`);
  }
  for (const text of texts) {
    const problem = textProblem(text);
    if (problem !== null) reading.refuse(path, problem);
  }
  return sortedSet(texts);
}
