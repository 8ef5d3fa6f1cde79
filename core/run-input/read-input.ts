import { z } from "zod";
import type { Json } from "../json.ts";
import { isJsonObject, toJson } from "../json.ts";
import { own } from "../json-schema/schema.ts";
import { buildInstance } from "./build-instance.ts";
import type { AnyRunInputClass, InputMetadata, InputType } from "./contract.ts";
import { type InputIssue, InputValidationError } from "./errors.ts";
import { isObjectType } from "./root-kind.ts";
import { isRunInputClass, runInputClassOf } from "./run-input-brand.ts";

export type ReadResult =
  | { ok: true; value: unknown }
  /** `failure` is what a validator threw, where it did not refuse but fail. */
  | { ok: false; issues: ReadonlyArray<InputIssue>; failure?: unknown };

/** The value of a stored message, as the code gets it: parsed once, asynchronously, of a class an instance. */
export function readMessage(
  type: InputType,
  stored: Json,
  metadata: InputMetadata | null = null,
): Promise<ReadResult> {
  return isRunInputClass(type) ? readInstance(type, stored, metadata) : parse(type, stored);
}

/** The value of a stored answer; of a type that is not an object it is taken out of `{ value }`, which is in the issues' paths too. */
export async function readAnswer(
  type: InputType,
  stored: Json,
  metadata: InputMetadata | null = null,
): Promise<ReadResult> {
  if (isRunInputClass(type) || isObjectType(type)) return readMessage(type, stored, metadata);
  const result = await parse(type, isJsonObject(stored) ? own(stored, "value") : stored);
  if (result.ok) return result;
  return { ...result, issues: result.issues.map((issue) => ({ ...issue, path: ["value", ...issue.path] })) };
}

/**
 * What is stored of a value that is sent as this type. Throws `InputValidationError` for a value that the class refuses, and for one that
 * is no JSON. Whether it satisfies the JSON Schema is not looked at.
 */
export async function toStored(type: InputType, value: unknown): Promise<Json> {
  const given = runInputClassOf(value);
  const stored = isRunInputClass(type)
    ? hooksOf(type).store(given === null ? await instanceOf(type, value) : value)
    : given === null
      ? value
      : hooksOf(given).store(value);
  const json = toJson(stored);
  if (json.ok) return json.value;
  throw InputValidationError.of("the value", value, [{ path: json.path, message: json.message }]);
}

async function readInstance(
  type: AnyRunInputClass,
  stored: Json,
  metadata: InputMetadata | null,
): Promise<ReadResult> {
  let given: unknown;
  try {
    given = hooksOf(type).restore(stored);
  } catch (error) {
    return failed(error);
  }
  const result = await parse(type.schema, given);
  if (!result.ok) return result;
  try {
    // The output of a z.object is an object.
    return { ok: true, value: buildInstance(type, { output: result.value as object, given, metadata }) };
  } catch (error) {
    return error instanceof InputValidationError ? { ok: false, issues: error.issues } : failed(error);
  }
}

async function instanceOf(type: AnyRunInputClass, value: unknown): Promise<unknown> {
  const parsed = await type.schema.safeParseAsync(value);
  if (parsed.success) return buildInstance(type, { output: parsed.data, given: value, metadata: null });
  throw InputValidationError.of("the value", value, parsed.error.issues);
}

async function parse(schema: z.core.$ZodType, value: unknown): Promise<ReadResult> {
  try {
    const parsed = await z.safeParseAsync(schema, value);
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, issues: parsed.error.issues };
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): ReadResult {
  const message = error instanceof Error ? error.message : String(error);
  return { ok: false, issues: [{ path: [], message: `the validator failed: ${message}` }], failure: error };
}

interface Hooks {
  store(instance: unknown): unknown;
  restore(stored: unknown): unknown;
}

function hooksOf(type: AnyRunInputClass): Hooks {
  // Every class that RunInput made has these static members, its own or inherited.
  return type as AnyRunInputClass & Hooks;
}
