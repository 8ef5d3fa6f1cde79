import { InputChannelsDocument, SendMessageDocument } from "../../gql/graphql.ts";
import { Failure, UsageError } from "../failure.ts";
import { readJson } from "../read-json.ts";
import { refusalText } from "../refusal-text.ts";
import { request } from "../request.ts";
import { findRun } from "../run/find-run.ts";
import { plain } from "../text/plain.ts";
import { documentText, type Format } from "../text/print.ts";

interface SendOptions {
  text?: string;
  type?: string;
  prefix?: string;
  key?: string;
  inReplyTo?: string;
  output?: Format;
}

/** `antiphon input send` */
export async function send(given: string, json: string | undefined, options: SendOptions): Promise<void> {
  const value = await messageOf(json, options.text);
  const { id, name } = await findRun(given);
  const { sendInput } = await request(SendMessageDocument, {
    id,
    value,
    inputType: options.type ?? (options.prefix === undefined ? await onlyType(id, value) : null),
    keyPrefix: options.prefix ?? null,
    idempotencyKey: options.key ?? null,
    inReplyTo: options.inReplyTo ?? null,
  });
  if (sendInput.__typename !== "RunInput")
    throw new Failure(refusalText(`the message to ${name}`, sendInput));
  const { __typename, ...stored } = sendInput;
  if (options.output) process.stdout.write(documentText(stored, options.output));
  else {
    const heard = stored.listening ? "" : "; nobody receives it yet";
    console.log(`Sent ${plain(stored.key)} to ${plain(name)}${heard}.`);
  }
}

async function messageOf(json: string | undefined, text: string | undefined): Promise<unknown> {
  if (text !== undefined && json === undefined) return text;
  if (text === undefined && json !== undefined) return readJson("the message", json, `'{"size": "M"}'`);
  throw new UsageError("give the message as JSON (or @FILE, or -) or as --text, one of the two");
}

/** The type of an object or list where the run receives only one such; null leaves it to the server, which says what is wrong. */
async function onlyType(id: string, value: unknown): Promise<string | null> {
  if (typeof value !== "object" || value === null) return null;
  const { flowRun } = await request(InputChannelsDocument, { id });
  const plainTypes = ["string", "number", "boolean", "null"];
  // Of a channel that only holds what others have sent no schema is known.
  const types = (flowRun?.inputChannels ?? [])
    .filter(
      ({ keyPrefix, inputType, schema }) =>
        keyPrefix === null && schema !== null && !plainTypes.includes(inputType),
    )
    .map(({ inputType }) => inputType);
  const [only, ...others] = types;
  if (only !== undefined && others.length === 0) return only;
  throw new UsageError(
    types.length > 0
      ? `say which type it is, with --type: the run receives ${types.join(", ")}`
      : "say which type it is, with --type: the run has received none so far",
  );
}
