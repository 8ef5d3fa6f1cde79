import { byCodePoint } from "../code-points.ts";
import { type Json, jsonProblem, textProblem } from "../json.ts";
import { itIs } from "./describe-value.ts";
import { isoSeconds } from "./duration.ts";
import type { Given, Reading } from "./reading.ts";

/** The longest time that a definition may name: a hundred years, so that no instant leaves the calendar. */
const longestSeconds = 100 * 365.25 * 86_400;

/** A text; `otherwise` where it is left out or wrong. */
export function readText<T>(reading: Reading, given: Given | null, otherwise: T): string | T {
  if (given === null) return otherwise;
  if (typeof given.value !== "string") {
    reading.refuse(given.path, `must be text; ${itIs(given.value)}`);
    return otherwise;
  }
  const problem = textProblem(given.value);
  if (problem !== null) reading.refuse(given.path, problem);
  return given.value;
}

/** A list of texts in its order; in documents and code also a single text. */
export function readTextList(reading: Reading, given: Given | null): string[] {
  if (given === null) return [];
  const { value, path } = given;
  if (typeof value === "string" && reading.dialect !== "input") return [readText(reading, given, "")];
  if (!Array.isArray(value)) {
    reading.refuse(path, `must be a list of texts; ${itIs(value)}`);
    return [];
  }
  // Array.from, so that holes are looked at too.
  return Array.from(value, (item: unknown, index) =>
    readText(reading, { value: item, path: [...path, String(index)] }, ""),
  );
}

/** A list of texts whose order and repetition mean nothing, as such: sorted and unique. */
export function readTextSet(reading: Reading, given: Given | null): string[] {
  return sortedSet(readTextList(reading, given));
}

export function sortedSet(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(byCodePoint);
}

/** A boolean; in documents also the texts "true" and "false", which templating leaves behind. */
export function readFlag<T>(reading: Reading, given: Given | null, otherwise: T): boolean | T {
  if (given === null) return otherwise;
  if (typeof given.value === "boolean") return given.value;
  if (reading.dialect === "document" && (given.value === "true" || given.value === "false"))
    return given.value === "true";
  reading.refuse(given.path, `must be true or false; ${itIs(given.value)}`);
  return otherwise;
}

/** A time in seconds, rounded to milliseconds; in documents and code also as an ISO-8601 duration. */
export function readSeconds(
  reading: Reading,
  given: Given,
  rules: { least: number; orZero?: boolean; reason?: string; otherwise: number },
): number {
  const { value, path } = given;
  const seconds = typeof value === "string" && reading.dialect !== "input" ? isoSeconds(value) : value;
  if (typeof seconds !== "number" || !Number.isFinite(seconds)) {
    const forms =
      reading.dialect === "input"
        ? "a number of seconds"
        : "a number of seconds or an ISO-8601 duration such as PT30S";
    reading.refuse(path, `must be ${forms}; ${itIs(value)}`);
    return rules.otherwise;
  }
  if (seconds < rules.least && !(rules.orZero && seconds === 0)) {
    reading.refuse(path, `must be at least ${rules.least}${rules.reason ?? ""}; ${itIs(value)}`);
    return rules.otherwise;
  }
  if (seconds > longestSeconds) {
    reading.refuse(path, `must be at most ${longestSeconds} (100 years); ${itIs(value)}`);
    return rules.otherwise;
  }
  // No -0, which JSON knows.
  return Math.round(seconds * 1000) / 1000 + 0;
}

/** One of some words; `otherwise` where it is left out or another. */
export function readWord<const Word extends string, T>(
  reading: Reading,
  given: Given | null,
  words: readonly Word[],
  otherwise: T,
): Word | T {
  if (given === null) return otherwise;
  const word = words.find((one) => one === given.value);
  if (word !== undefined) return word;
  reading.refuse(
    given.path,
    `must be ${words.join(", ").replace(/, (?=[^,]*$)/, " or ")}; ${itIs(given.value)}`,
  );
  return otherwise;
}

/** A JSON value that can be stored; null where it cannot. */
export function readJson(reading: Reading, given: Given): Json {
  const problem = jsonProblem(given.value);
  if (problem === null) return given.value as Json; // what jsonProblem has found to be JSON
  reading.refuse([...given.path, ...problem.path], problem.message);
  return null;
}
