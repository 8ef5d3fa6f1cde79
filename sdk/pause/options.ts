import { describeValue } from "../../core/document/describe-value.ts";
import { toJson } from "../../core/json.ts";
import type { InputType } from "../../core/run-input/contract.ts";
import { InputValidationError } from "../../core/run-input/errors.ts";
import { checkPauseKey } from "../../core/run-input/keyset.ts";
import { isRunInputClass } from "../../core/run-input/run-input-brand.ts";
import type { PauseInput } from "../gql/graphql.ts";
import { describe } from "../run-input/describe.ts";

/** How long a wait lasts, what it is called, and what ends it. */
export interface PauseOptions {
  /** Seconds; null waits for ever. 3600 for a pause and null for a suspension where it is left out. */
  timeout?: number | null;
  /** In place of `timeout`, which may be 0 beside it. */
  until?: Date;
  /** A name for this question in place of its number. Matches [a-z0-9]+(-[a-z0-9]+)* and is not all digits. */
  key?: string;
  /** "before" (default): a refused answer never reaches the code. "after": the call throws InputValidationError. */
  validate?: "before" | "after";
  /** After so many answers that the code itself refused, the call throws InputValidationError. No limit by default. */
  maxAttempts?: number;
  /** At the deadline: the run fails (default), goes on with `defaultResponse`, or is cancelled. */
  onTimeout?: "fail" | "resume" | "cancel";
  /** The answer that `onTimeout: "resume"` goes on with. */
  defaultResponse?: unknown;
}

/** What a call asks, but for its place in the order of questions. */
export interface Asked {
  type: InputType | null;
  /** Null: the next number. */
  key: string | null;
  maxAttempts: number;
  question: Omit<PauseInput, "key" | "explicitKey">;
}

/** Throws where code without types gives no options, or a type in their place, which would wait for no input at all. */
export function checkAreOptions(call: string, options: unknown): asserts options is object {
  if ((typeof options !== "object" && typeof options !== "function") || options === null)
    throw new TypeError(`${call}: the options are an object, not ${describeValue(options)}`);
  if (!isRunInputClass(options) && !("_zod" in options)) return;
  throw new TypeError(`${call}: a type is given as an option: ${call}({ waitForInput: … })`);
}

/** Checks a call's options. Whatever is wrong is thrown here, before anything changes. */
export function askedBy(
  call: "pauseFlowRun" | "suspendFlowRun",
  options: PauseOptions & { waitForInput?: InputType },
): Asked {
  const { waitForInput: type, key, maxAttempts, validate = "before", onTimeout = "fail" } = options;
  const kind = call === "pauseFlowRun" ? "PAUSE" : "SUSPEND";
  if (key !== undefined && typeof key !== "string")
    throw new TypeError(`${call}: the key is a text, such as "approve", not ${describeValue(key)}`);
  const problem = key === undefined ? null : checkPauseKey(key);
  if (problem !== null) throw new TypeError(`${call}: ${problem}`);
  if (maxAttempts !== undefined && !(Number.isInteger(maxAttempts) && maxAttempts > 0)) {
    throw new TypeError(`${call}: maxAttempts is a number of attempts, 1 or more, not ${shown(maxAttempts)}`);
  }
  choice(call, "validate", validate, ["before", "after"]);
  choice(call, "onTimeout", onTimeout, ["fail", "resume", "cancel"]);
  const hasDefault = options.defaultResponse !== undefined;
  if (onTimeout === "resume" && type && !hasDefault) {
    throw new TypeError(
      `${call}: onTimeout: "resume" needs a defaultResponse, for the call has to return an answer`,
    );
  }
  if (hasDefault && (onTimeout !== "resume" || !type)) {
    const lacks = type ? 'onTimeout: "resume"' : "waitForInput";
    throw new TypeError(
      `${call}: without ${lacks} nothing would come of the defaultResponse, the answer that onTimeout: "resume" goes on with`,
    );
  }
  const description = type ? describe(type) : null;
  return {
    type: type ?? null,
    key: key ?? null,
    maxAttempts: maxAttempts ?? Number.POSITIVE_INFINITY,
    question: {
      kind,
      fingerprint: `${kind.toLowerCase()}:${description?.inputType ?? ""}`,
      ...deadline(call, options),
      validate: validate === "before" ? "BEFORE" : "AFTER",
      onTimeout: onTimeout === "fail" ? "FAIL" : onTimeout === "resume" ? "RESUME" : "CANCEL",
      hasDefaultResponse: hasDefault,
      defaultResponse: hasDefault ? defaultAnswer(call, options.defaultResponse) : null,
      input: description && {
        inputType: description.inputType,
        schema: description.questionSchema,
        schemaDigest: description.schemaDigest,
        wrapped: description.wrapped,
        customChecks: description.checks,
        description: description.description,
      },
    },
  };
}

function deadline(call: string, options: PauseOptions): { timeout: number | null; until: string | null } {
  const { timeout, until } = options;
  if (until !== undefined) {
    if (timeout !== undefined && timeout !== 0)
      throw new TypeError(`${call}: give either timeout or until, not both`);
    if (!(until instanceof Date) || Number.isNaN(until.getTime())) {
      throw new TypeError(`${call}: until is a Date, not ${String(until)}`);
    }
    return { timeout: null, until: until.toISOString() };
  }
  if (timeout === undefined) return { timeout: call === "pauseFlowRun" ? 3600 : null, until: null };
  if (timeout !== null && !(Number.isFinite(timeout) && timeout > 0)) {
    throw new TypeError(
      `${call}: timeout is a number of seconds above 0, or null for no end, not ${shown(timeout)}; for a point in time there is until`,
    );
  }
  return { timeout, until: null };
}

/** A wrong option as messages show it: numbers as they are; what code without types gives in their place, with what it is. */
export function shown(given: unknown): string {
  return typeof given === "number" ? String(given) : describeValue(given);
}

function defaultAnswer(call: string, value: unknown): unknown {
  const json = toJson(value);
  if (json.ok) return json.value;
  throw new InputValidationError(`${call}: the defaultResponse is no JSON: ${json.message}`, {
    input: value,
    issues: [{ path: json.path, message: json.message }],
  });
}

function choice(call: string, option: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new TypeError(`${call}: ${option} is one of ${choices.join(", ")}, not ${JSON.stringify(value)}`);
}
