import { isPlainObject, toJson } from "../../core/json.ts";
import { InputValidationError } from "../../core/run-input/errors.ts";
import { socketClient } from "../client/client.ts";
import { refusalError } from "../client/refusal.ts";
import { BlockNotFound } from "../errors.ts";
import { checkContext, context } from "../execution/context.ts";
import { ReadJsonBlockDocument, SaveJsonBlockDocument } from "../gql/graphql.ts";

/** A named JSON document. */
export class JsonBlock<T = unknown> {
  value: T;

  constructor(value: T) {
    this.value = value;
  }

  /** Stores the value as it is now. Throws AlreadyExists where the name is taken and `overwrite` is not true. */
  async save(name: string, options: { overwrite?: boolean } = {}): Promise<void> {
    const at = context.getStore();
    if (at) checkContext(at, false);
    const json = toJson(this.value);
    if (!json.ok) {
      const issue = { path: ["value", ...json.path], message: json.message };
      throw InputValidationError.of(`the value of block ${name}`, this.value, [issue]);
    }
    const overwrite = options.overwrite ?? false;
    const { saveBlock } = await socketClient().request(SaveJsonBlockDocument, {
      name,
      data: { value: json.value },
      overwrite,
    });
    if (saveBlock.__typename !== "Block") throw refusalError(saveBlock, this.value);
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
