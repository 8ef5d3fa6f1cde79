import type { Json } from "../../core/json.ts";
import type { InputMetadata, InputType } from "../../core/run-input/contract.ts";
import { type ReadResult, readMessage } from "../../core/run-input/read-input.ts";
import type { MessagePartsFragment } from "../gql/graphql.ts";

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

/** The message's value as the type has it. */
export function readValue(type: InputType, message: Message, receiver: string): Promise<ReadResult> {
  return readMessage(type, message.value as Json, metadataOfMessage(message, receiver)); // values are JSON
}
