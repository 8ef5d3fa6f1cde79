import { isPlainObject, toJson } from "../../core/json.ts";
import type { InputReceiver } from "../../core/run-input/contract.ts";
import { InputValidationError } from "../../core/run-input/errors.ts";
import { socketClient } from "../client/client.ts";
import { refusalError } from "../client/refusal.ts";
import { AlreadyExists, BlockNotFound, NotFound } from "../errors.ts";
import { checkContext, context } from "../execution/context.ts";
import { ReadJsonBlockDocument, SaveJsonBlockDocument } from "../gql/graphql.ts";
import { Receiver } from "../run-input/receiver.ts";

interface SaveOptions {
  /** Replace a document of this name; false by default. */
  overwrite?: boolean;
  /** The receiver, with a `cursor` or exclusive, whose last input this document is the outcome of. */
  finishes?: InputReceiver<unknown>;
}

/** A named JSON document. */
export class JsonBlock<T = unknown> {
  value: T;

  constructor(value: T) {
    this.value = value;
  }

  /**
   * Stores the value as it is now. With `finishes`, the input that this receiver delivered last is finished with in the
   * same transaction, so that the outcome of an input is stored once: after a crash either both have happened, or the
   * input comes again.
   *
   * Throws AlreadyExists where the name is taken and `overwrite` is not true, and InputValidationError for a value without
   * a JSON form, or where another receiver has the input by now. Nothing is stored then. Throws ConnectionError where the
   * connection is lost while it is saved without `overwrite`: it may be stored.
   */
  async save(name: string, options: SaveOptions = {}): Promise<void> {
    await store(name, this.value, { overwrite: options.overwrite ?? false }, options.finishes);
  }

  /**
   * Replaces the document of that name by what `change` makes of its value, of undefined where there is none, and answers
   * it. Where somebody else saved it meanwhile, `change` is called again with what they saved: of changes at once, none is
   * lost. Throws InputValidationError for a value without a JSON form, and what `change` throws; nothing is stored then.
   * Throws ConnectionError where the connection is lost while it is saved: it may be stored.
   */
  static async update<T = unknown>(
    name: string,
    change: (value: T | undefined) => T | Promise<T>,
  ): Promise<JsonBlock<T>> {
    for (;;) {
      const stored = await read(name);
      const value = await change(stored?.value as T | undefined); // that it is a `T` is the caller's knowledge
      try {
        await store(name, value, { ifRevision: stored?.revision ?? 0 });
        return new JsonBlock(value);
      } catch (error) {
        // Saved, made or deleted since it was read.
        if (!(error instanceof AlreadyExists || error instanceof NotFound)) throw error;
      }
    }
  }

  /** The document of that name. Throws BlockNotFound. That its value is a `T` is the caller's knowledge. */
  static async load<T = unknown>(name: string): Promise<JsonBlock<T>> {
    const stored = await read(name);
    if (!stored) throw new BlockNotFound(`no JSON block ${JSON.stringify(name)}`);
    return new JsonBlock(stored.value as T); // see above
  }
}

async function read(name: string): Promise<{ value: unknown; revision: number } | null> {
  const at = context.getStore();
  if (at) checkContext(at, false);
  const { block } = await socketClient().request(ReadJsonBlockDocument, { name });
  if (!block) return null;
  return { value: isPlainObject(block.data) ? block.data.value : undefined, revision: block.revision };
}

async function store(
  name: string,
  value: unknown,
  how: { overwrite?: boolean; ifRevision?: number },
  finishes?: InputReceiver<unknown>,
): Promise<void> {
  const at = context.getStore();
  if (at) checkContext(at, false);
  const json = toJson(value);
  if (!json.ok) {
    const issue = { path: ["value", ...json.path], message: json.message };
    throw InputValidationError.of(`the value of block ${name}`, value, [issue]);
  }
  const finishing = finishes ? finishingOf(finishes) : null;
  // Sent twice, what does not replace whatever is there would be refused the second time for what it did the first.
  const client = how.overwrite ? socketClient() : socketClient().outward;
  const { saveBlock } = await client.request(SaveJsonBlockDocument, {
    name,
    data: { value: json.value },
    ...how,
    finished: finishing?.what ?? null,
  });
  if (saveBlock.__typename === "StaleExecutionError" && at) throw at.execution.refused(saveBlock);
  if (saveBlock.__typename !== "Block") throw refusalError(saveBlock, value);
  finishing?.done();
}

function finishingOf(receiver: InputReceiver<unknown>): ReturnType<Receiver["finishing"]> {
  if (receiver instanceof Receiver) return receiver.finishing();
  throw new TypeError("JsonBlock.save: finishes is a receiver that receiveInput() made");
}
