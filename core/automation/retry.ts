import { itIs } from "../document/describe-value.ts";
import { Fields } from "../document/fields.ts";
import type { Given, Reading } from "../document/reading.ts";
import { readFlag, readSeconds } from "../document/values.ts";
import type { JsonObject } from "../json.ts";

/** How often an action is tried, and how long it waits in between. Times are seconds. */
export interface Retry {
  readonly maxAttempts: number;
  /** Before the second attempt. */
  readonly initialDelay: number;
  /** No wait is longer, also none that was asked for. */
  readonly maxDelay: number;
  /** By which each wait is longer than the one before. */
  readonly multiplier: number;
  /** Whether each wait is some part of its length, so that what failed together does not come back together. */
  readonly jitter: boolean;
}

/** Of actions whose effect is outside. */
export const outsideRetry: Retry = {
  maxAttempts: 5,
  initialDelay: 5,
  maxDelay: 600,
  multiplier: 3,
  jitter: true,
};

/** Of what goes wrong unexpectedly. */
export const unexpectedRetry: Retry = {
  maxAttempts: 4,
  initialDelay: 1,
  maxDelay: 600,
  multiplier: 5,
  jitter: false,
};

const mostAttempts = 10;
/** The longest wait that may be asked for, in seconds. */
const longestDelay = 86_400;

/** The fields of `retry`. */
export const retryFields = ["max_attempts", "initial_delay", "max_delay", "multiplier", "jitter"];

/** What is given of it, over the defaults. */
export function readRetry(reading: Reading, given: Given, defaults: Retry): Retry {
  const read = Fields.of(reading, given);
  if (read === null) return defaults;
  read.only("retry", retryFields);
  const delay = (name: string, otherwise: number) => readDelay(reading, read.get(name), otherwise);
  return {
    maxAttempts: readAttempts(reading, read.get("max_attempts"), defaults.maxAttempts),
    initialDelay: delay("initial_delay", defaults.initialDelay),
    maxDelay: delay("max_delay", defaults.maxDelay),
    multiplier: readMultiplier(reading, read.get("multiplier"), defaults.multiplier),
    jitter: readFlag(reading, read.get("jitter"), defaults.jitter),
  };
}

export function retryDocument(retry: Retry): JsonObject {
  return {
    max_attempts: retry.maxAttempts,
    initial_delay: retry.initialDelay,
    max_delay: retry.maxDelay,
    multiplier: retry.multiplier,
    jitter: retry.jitter,
  };
}

/**
 * Seconds to wait after an attempt that failed; null where it was the last one.
 *
 * @param attempt from 1
 * @param chance a random number from 0 to 1
 * @param asked what the other side asked to wait, in seconds; null where it did not. No more than the longest wait is granted.
 */
export function retryDelay(
  retry: Retry,
  attempt: number,
  chance: number,
  asked: number | null = null,
): number | null {
  if (attempt >= retry.maxAttempts) return null;
  if (asked !== null) return Math.min(Math.max(0, asked), retry.maxDelay);
  const whole = Math.min(retry.initialDelay * retry.multiplier ** (attempt - 1), retry.maxDelay);
  return retry.jitter ? whole * chance : whole;
}

function readAttempts(reading: Reading, given: Given | null, otherwise: number): number {
  if (given === null) return otherwise;
  const { value, path } = given;
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= mostAttempts)
    return value;
  reading.refuse(path, `must be a whole number from 1 to ${mostAttempts}; ${itIs(value)}`);
  return otherwise;
}

function readDelay(reading: Reading, given: Given | null, otherwise: number): number {
  if (given === null) return otherwise;
  const seconds = readSeconds(reading, given, { least: 0, otherwise });
  if (seconds <= longestDelay) return seconds;
  reading.refuse(given.path, `must be at most ${longestDelay} (a day); ${itIs(given.value)}`);
  return otherwise;
}

function readMultiplier(reading: Reading, given: Given | null, otherwise: number): number {
  if (given === null) return otherwise;
  const { value, path } = given;
  if (typeof value === "number" && value >= 1 && value <= 100) return value;
  reading.refuse(path, `must be a number from 1 to 100; ${itIs(value)}`);
  return otherwise;
}
