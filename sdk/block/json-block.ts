import { isPlainObject, toJson } from "../../core/json.ts";
import type { InputReceiver } from "../../core/run-input/contract.ts";
import { InputValidationError } from "../../core/run-input/errors.ts";
import { socketClient } from "../client/client.ts";
import { refusalError } from "../client/refusal.ts";
import { BlockNotFound } from "../errors.ts";
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
   * a JSON form, or where another receiver has the input by now. Nothing is stored then.
   */
  async save(name: string, options: SaveOptions = {}): Promise<void> {
    const at = context.getStore();
    if (at) checkContext(at, false);
    const json = toJson(this.value);
    if (!json.ok) {
      const issue = { path: ["value", ...json.path], message: json.message };
      throw InputValidationError.of(`the value of block ${name}`, this.value, [issue]);
    }
    const finishing = options.finishes ? finishingOf(options.finishes) : null;
    const { saveBlock } = await socketClient().request(SaveJsonBlockDocument, {
      name,
      data: { value: json.value },
      overwrite: options.overwrite ?? false,
      finished: finishing?.what ?? null,
    });
    if (saveBlock.__typename === "StaleExecutionError" && at) throw at.execution.refused(saveBlock);
    if (saveBlock.__typename !== "Block") throw refusalError(saveBlock, this.value);
    finishing?.done();
  }

  /** The document of that name. Throws BlockNotFound. That its value is a `T` is the caller's knowledge. */
  static async load<T = unknown>(name: string): Promise<JsonBlock<T>> {
    const at = context.getStore();
    if (at) checkContext(at, false);
    const { block } = await socketClient().request(ReadJsonBlockDocument, { name });
    if (!block) throw new BlockNotFound(`no JSON block ${JSON.stringify(name)}`);
    const value = isPlainObject(block.data) ? block.data.value : undefined;
    return new JsonBlock(value as T); // see above
  }
}

function finishingOf(receiver: InputReceiver<unknown>): ReturnType<Receiver["finishing"]> {
  if (receiver instanceof Receiver) return receiver.finishing();
  throw new TypeError("JsonBlock.save: finishes is a receiver that receiveInput() made");
}
