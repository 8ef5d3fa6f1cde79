import { z } from "zod";
import type { JsonObject } from "../json.ts";
import { canonicalJson } from "../json.ts";
import { REFINEMENTS } from "../json-schema/refinement.ts";
import { checkIsInputType } from "./check-type.ts";
import type { InputType } from "./contract.ts";
import { hasCustomChecks } from "./custom-checks.ts";
import { digest, schemaDigest } from "./digest.ts";
import { UnsuitableInputType } from "./errors.ts";
import { initialDataOf } from "./initial-data.ts";
import { messageSchema, unrefinedSchema, wrapSchema } from "./input-schema.ts";
import { checkInputType } from "./keyset.ts";
import { isObjectType } from "./root-kind.ts";
import { classNameOf, isRunInputClass } from "./run-input-brand.ts";
import { canonicalShape } from "./shape.ts";

/** A type as the server and other processes know it. */
export interface InputDescription {
  /** Its identity: who hears whom. */
  inputType: string;
  /** Whether the identity is a name that the author gave. */
  named: boolean;
  /** Whether it is asked for as `{ value }`. */
  wrapped: boolean;
  /** JSON Schema of the answer to a question, defaults included. */
  questionSchema: JsonObject;
  /** JSON Schema of a message, which is the bare value. */
  messageSchema: JsonObject;
  /** Digest of the canonical shape, 64 hexadecimal digits. */
  shape: string;
  /** Digest of all that the JSON Schema checks, 64 hexadecimal digits. Initial data change neither digest. */
  schemaDigest: string;
  /** Whether the type has anything that JSON Schema cannot check. */
  checks: boolean;
  /** Markdown to show above the form; null where there is none. */
  description: string | null;
}

/**
 * A type's description. The explicit name, else the schema's `meta({ id })`, else the plain type, else the digest of the shape is its
 * identity. Throws `UnrepresentableInputType` and `UnsuitableInputType`.
 */
export function describeInput(schema: z.core.$ZodType, explicitName?: string): InputDescription {
  const given = initialDataOf(schema);
  const origin = given?.origin ?? schema;
  const bare = messageSchema(schema);
  const original = origin === schema ? bare : messageSchema(origin);
  const wrapped = !isObjectType(schema);
  const name = explicitName ?? idOf(schema) ?? idOf(origin);
  const problem = name === undefined ? null : checkInputType(name);
  if (problem !== null) throw new UnsuitableInputType(problem);
  const refined = JSON.stringify(original).includes(REFINEMENTS);
  const canonical = canonicalShape(refined ? unrefinedSchema(origin) : original);
  const shape = digest(canonical);
  return {
    inputType: name ?? plainTypes.get(canonicalJson(canonical)) ?? `s-${shape.slice(0, 32)}`,
    named: name !== undefined,
    wrapped,
    questionSchema: wrapped ? wrapSchema(bare, schema._zod.optin === undefined) : bare,
    messageSchema: bare,
    shape,
    schemaDigest: schemaDigest(original),
    checks: hasCustomChecks(schema),
    description: given?.description ?? null,
  };
}

/** The description of a schema or of a `RunInput` class, whose own name is its identity. Throws as `describeInput` does. */
export function describeInputType(type: InputType): InputDescription {
  checkIsInputType(type);
  return isRunInputClass(type)
    ? describeInput(type.schema, classNameOf(type) ?? undefined)
    : describeInput(type);
}

/** The identity of a value that is sent without a type; null where a type is required. */
export function valueInputType(value: unknown): "string" | "number" | "boolean" | "null" | null {
  if (value === null) return "null";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" ? type : null;
}

const plainTypes = new Map(
  ["string", "number", "boolean", "null"].map((type) => [canonicalJson({ type }), type]),
);

function idOf(schema: z.core.$ZodType): string | undefined {
  return z.globalRegistry.get(schema)?.id;
}
