import { isPlainObject } from "../../core/json.ts";
import type { InputType, RunInputBase } from "../../core/run-input/contract.ts";
import { type InputIssue, InputValidationError } from "../../core/run-input/errors.ts";
import { isRecord } from "../../core/run-input/root-kind.ts";
import { isRunInputClass } from "../../core/run-input/run-input-brand.ts";
import { type Message, metadataOfMessage } from "./message.ts";
import { respondTo } from "./respond.ts";
import { sendInput } from "./send-input.ts";

/** A received value as the code gets it; with metadata, a plain object carries them, and anything else is wrapped. */
export function delivered(
  type: InputType,
  value: unknown,
  message: Message,
  receiver: string,
  withMetadata: boolean,
): unknown {
  if (!withMetadata || isRunInputClass(type)) return value;
  const metadata = metadataOfMessage(message, receiver);
  const base: RunInputBase = {
    metadata,
    respond: (answer, options) => respondTo(metadata, answer, options),
    sendTo: (flowRunId, options) => sendInput(value, { ...options, flowRunId, type }),
  };
  if (!isPlainObject(value) || isRecord(type)) return { value, ...base };
  const object = Object.isExtensible(value) ? value : { ...value };
  for (const [name, member] of Object.entries(base)) {
    Object.defineProperty(object, name, { value: member, configurable: true });
  }
  return object;
}

/** The error of a message that its receiver's type refuses; its `input` says which message it was. */
export function refusedMessage(message: Message, issues: ReadonlyArray<InputIssue>): InputValidationError {
  const input = { key: message.key, sender: message.sender, value: message.value };
  return InputValidationError.of(`input ${message.key}`, input, issues);
}
