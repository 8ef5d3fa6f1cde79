import type { Json } from "../../core/json.ts";
import { type Check, compileCheck } from "../../core/json-schema/check-value.ts";
import type { InputMetadata, InputType } from "../../core/run-input/contract.ts";
import { type ReadResult, readMessage } from "../../core/run-input/read-input.ts";
import type { MessagePartsFragment } from "../gql/graphql.ts";
import { describe } from "./describe.ts";

/** A stored message as the API gives it. */
export type Message = MessagePartsFragment;

export function metadataOfMessage(message: Message, receiver: string): InputMetadata {
  return {
    key: message.key,
    sender: message.sender,
    receiver,
    inputType: message.inputType,
    createdAt: new Date(message.createdAt),
    seq: message.seq,
    submittedBy: null,
  };
}

/**
 * The message's value as the type has it. Of a message that came before its receiver nobody has looked at the JSON
 * Schema yet, which refuses the unknown fields that Zod takes off.
 */
export async function readValue(type: InputType, message: Message, receiver: string): Promise<ReadResult> {
  const stored = message.value as Json; // values are JSON
  const read = await readMessage(type, stored, metadataOfMessage(message, receiver));
  const check = read.ok ? fieldCheckOf(type) : null;
  const checked = check?.(stored);
  return checked?.ok === false ? { ok: false, issues: checked.issues } : read;
}

const checks = new WeakMap<InputType, Check | null>();

/** Null where the type has no object that could hold unknown fields. */
function fieldCheckOf(type: InputType): Check | null {
  const known = checks.get(type);
  if (known !== undefined) return known;
  const { messageSchema } = describe(type);
  const isClosed = /"(additional|unevaluated)Properties":false/.test(JSON.stringify(messageSchema));
  const check = isClosed ? compileCheck(messageSchema) : null;
  checks.set(type, check);
  return check;
}
