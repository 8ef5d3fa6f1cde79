import type { InputMetadata, InputType, SendOptions, SentInput } from "../../core/run-input/contract.ts";
import { CannotRespond } from "../errors.ts";
import { send } from "./send-input.ts";

const runAsSender = /^prefect\.flow-run\.([0-9a-f-]{36})$/i;

/** Sends to the run that sent the input; throws CannotRespond where no run did. */
export async function respondTo(
  metadata: InputMetadata | null,
  value: unknown,
  options: SendOptions & { type?: InputType } = {},
): Promise<SentInput> {
  if (!metadata) throw new CannotRespond("this input was made here and not received, so nobody sent it");
  const flowRunId = metadata.sender === null ? undefined : runAsSender.exec(metadata.sender)?.[1];
  if (flowRunId === undefined) {
    throw new CannotRespond(
      metadata.sender === null
        ? `input ${metadata.key} was sent from outside a run, so there is no run to respond to`
        : `input ${metadata.key} was sent under the name ${JSON.stringify(metadata.sender)}, which is no run`,
    );
  }
  return send(value, { ...options, flowRunId }, metadata.key);
}
