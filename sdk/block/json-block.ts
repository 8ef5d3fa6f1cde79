import type { z } from "zod";
import { withNulls } from "../../core/block/with-nulls.ts";
import type { InputReceiver } from "../../core/run-input/contract.ts";
import { InputValidationError } from "../../core/run-input/errors.ts";
import { readMessage } from "../../core/run-input/read-input.ts";
import { AlreadyExists, BlockNotFound, NotFound } from "../errors.ts";
import { type KeepOptions, readStored, store } from "./stored-block.ts";

interface SaveOptions extends KeepOptions {
  /** Replace a document of this name; false by default. */
  overwrite?: boolean;
  /** The receiver, with a `cursor` or exclusive, whose last input this document is the outcome of. */
  finishes?: InputReceiver<unknown>;
}

/** A value of which any property may be null. */
export type OrNulls<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [K in keyof T]: T[K] | null }
    : T;

/** A named JSON document. */
export class JsonBlock<T = unknown> {
  value: T;
  /** The one that it was loaded or saved under; null for a new one. */
  #name: string | null = null;

  constructor(value: T) {
    this.value = value;
  }

  /**
   * Stores the value as it is now. With `finishes`, the input that this receiver delivered last is finished with in the
   * same transaction, so that the outcome of an input is stored once: after a crash either both have happened, or the
   * input comes again.
   *
   * With `ttl` the document is gone so many seconds after it was last saved: it is not found then, and its name is free.
   * With `ownedByRun` it is deleted together with the run around this code.
   *
   * Throws AlreadyExists where the name is taken and `overwrite` is not true, and InputValidationError for a value without
   * a JSON form, or where another receiver has the input by now. Nothing is stored then. Throws ConnectionError where the
   * connection is lost while it is saved without `overwrite`: it may be stored. Throws MissingRunContext for `ownedByRun`
   * outside a run, and NotFound where that run was deleted.
   */
  async save(name: string, options?: SaveOptions): Promise<void>;
  /** Stores the value under the name that it was loaded, or last saved, under. Throws TypeError where it has none. */
  async save(options?: SaveOptions): Promise<void>;
  async save(nameOrOptions?: string | SaveOptions, more?: SaveOptions): Promise<void> {
    const named = typeof nameOrOptions === "string";
    const name = named ? nameOrOptions : this.#name;
    const { overwrite = false, finishes, ...keep } = (named ? more : nameOrOptions) ?? {};
    if (name === null)
      throw new TypeError(
        "JsonBlock.save: this document was neither loaded nor saved before: give it a name",
      );
    await store("JsonBlock.save", name, this.value, { overwrite, finishes }, keep);
    this.#name = name;
  }

  /**
   * Replaces the document of that name by what `change` makes of its value, of undefined where there is none, and answers
   * it. Where somebody else saved it meanwhile, `change` is called again with what they saved: of changes at once, none is
   * lost. Throws InputValidationError for a value without a JSON form, and what `change` throws; nothing is stored then.
   * Throws ConnectionError where the connection is lost while it is saved: it may be stored. `ttl` and `ownedByRun` are
   * those of `save`.
   */
  static async update<T = unknown>(
    name: string,
    change: (value: T | undefined) => T | Promise<T>,
    options: KeepOptions = {},
  ): Promise<JsonBlock<T>> {
    for (;;) {
      const stored = await readStored(name);
      const value = await change(stored?.value as T | undefined); // that it is a `T` is the caller's knowledge
      try {
        await store("JsonBlock.update", name, value, { ifRevision: stored?.revision ?? 0 }, options);
        return JsonBlock.#of(name, value);
      } catch (error) {
        // Saved, made, deleted or expired since it was read. Where nothing is replaced, it is the run that is not there.
        if (!(error instanceof AlreadyExists || (error instanceof NotFound && stored))) throw error;
      }
    }
  }

  /**
   * The document of that name. Throws BlockNotFound, also where it has expired.
   *
   * With a `schema` its value is what that makes of it; throws InputValidationError, whose issues name every field, where
   * the schema refuses it, such as one that asks for more than when the value was saved. Without one, that the value is a
   * `T` is the caller's knowledge.
   */
  static async load<T = unknown>(
    name: string,
    options?: { schema?: z.ZodType<T>; validate?: true },
  ): Promise<JsonBlock<T>>;
  /** The value as it was saved, with null for each property that the schema asks for and that it lacks. */
  static async load<T>(
    name: string,
    options: { schema: z.ZodType<T>; validate: false },
  ): Promise<JsonBlock<OrNulls<T>>>;
  static async load(
    name: string,
    { schema, validate = true }: { schema?: z.ZodType; validate?: boolean } = {},
  ): Promise<JsonBlock> {
    const stored = await readStored(name);
    if (!stored) throw new BlockNotFound(`no JSON block ${JSON.stringify(name)}`);
    const { value } = stored;
    if (!schema) return JsonBlock.#of(name, value);
    const read = await readMessage(schema, value);
    if (!validate) return JsonBlock.#of(name, read.ok ? value : withNulls(value, read.issues));
    if (read.ok) return JsonBlock.#of(name, read.value);
    throw InputValidationError.of(`the value of block ${name}`, value, read.issues);
  }

  static #of<T>(name: string, value: T): JsonBlock<T> {
    const block = new JsonBlock(value);
    block.#name = name;
    return block;
  }
}
