import { randomUUID } from "node:crypto";
import { toJson } from "../../core/json.ts";
import type { InputType, SendOptions, SentInput } from "../../core/run-input/contract.ts";
import { InputTypeRequired, InputValidationError } from "../../core/run-input/errors.ts";
import { valueInputType } from "../../core/run-input/input-type.ts";
import { toStored } from "../../core/run-input/read-input.ts";
import { runInputClassOf } from "../../core/run-input/run-input-brand.ts";
import { socketClient } from "../client/client.ts";
import { refusalError } from "../client/refusal.ts";
import { checkContext, context, requested } from "../execution/context.ts";
import { SendInputDocument } from "../gql/graphql.ts";
import { describe } from "./describe.ts";
import { replyTo } from "./reply.ts";
import { requireRunId } from "./run-id.ts";

/** How an input is sent, and to whom. */
export interface SendInputOptions extends SendOptions {
  /** The run that gets the input, in any state but an ended one. */
  flowRunId: string;
  /** Of the value; may be left out for a string, a number, a boolean, null and an instance of a RunInput class. */
  type?: InputType;
}

/**
 * Stores an input for a run, whose code need not receive it yet. Throws InputValidationError where the run's receiver
 * would refuse the value, FlowRunConflict where the run has ended, NotFound and InputTypeRequired.
 */
export function sendInput(value: unknown, options: SendInputOptions): Promise<SentInput> {
  return send(value, options, null);
}

/** The same; `inReplyTo` is the key of the input that this one answers. */
export async function send(
  value: unknown,
  options: SendInputOptions,
  inReplyTo: string | null,
): Promise<SentInput> {
  requireRunId("sendInput", options?.flowRunId);
  const at = context.getStore();
  if (at) checkContext(at, false);
  const what = await storedForm(value, options.type);
  const request = socketClient().request(SendInputDocument, {
    flowRunId: options.flowRunId,
    ...what,
    sender: options.sender ?? null,
    keyPrefix: options.keyPrefix ?? null,
    inReplyTo,
    idempotencyKey: options.idempotencyKey ?? randomUUID(),
    from: at?.execution.ref ?? null,
  });
  const { sendInput: result } = await (at ? requested(at, request) : request);
  if (result.__typename === "RunInput") {
    const { key, cursor, listening } = result;
    return { key, cursor, listening, reply: (type, waiting) => replyTo(at, key, type, waiting) };
  }
  if (result.__typename === "StaleExecutionError" && at) throw at.execution.refused(result);
  throw refusalError(result, value);
}

async function storedForm(
  value: unknown,
  given: InputType | undefined,
): Promise<{ inputType: string; schemaDigest: string | null; value: unknown }> {
  const type = given ?? runInputClassOf(value);
  if (type) {
    const { inputType, schemaDigest } = describe(type);
    return { inputType, schemaDigest, value: await toStored(type, value) };
  }
  const inputType = valueInputType(value);
  if (inputType === null) {
    throw new InputTypeRequired(
      `${Array.isArray(value) ? "an array" : `a value of type ${typeof value}`} does not say which input type it is: give sendInput the option type`,
    );
  }
  const json = toJson(value);
  if (!json.ok)
    throw InputValidationError.of("the value", value, [{ path: json.path, message: json.message }]);
  return { inputType, schemaDigest: null, value: json.value };
}
