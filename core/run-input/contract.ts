import type { z } from "zod";

/** A Zod schema, or a class made by `RunInput`. What is not an object is asked for as an object of the one field `value`; the code sees the bare value. */
export type InputType = z.ZodType | AnyRunInputClass;

/** Any class made by `RunInput`, or one that extends it. */
export type AnyRunInputClass = { new (value: never): RunInputBase; readonly schema: z.ZodObject };

/** What the code gets for a type: an instance of the class, or the schema's output. */
export type InputOf<T> = T extends AnyRunInputClass
  ? InstanceType<T>
  : T extends z.ZodType
    ? z.output<T>
    : never;

/** Where a received input comes from. */
export interface InputMetadata {
  /** Under which it is stored in its run. */
  key: string;
  /** Who sent it: `prefect.flow-run.<id>` of a run, else the text that was given, else null. */
  sender: string | null;
  /** The id of the run that received it. */
  receiver: string;
  /** The identity of its type. */
  inputType: string;
  /** When it was stored. */
  createdAt: Date;
  /** Its place among the run's messages and answers; null for a default that was taken in place of an answer. */
  seq: number | null;
  /** Of an answer: resource id of who gave it, such as `prefect.flow-run.<id>`; null where nobody is known. */
  submittedBy: string | null;
}

/** How an input is sent. */
export interface SendOptions {
  /** In place of the run that sends. */
  sender?: string;
  /** A channel of one's own name, which takes every type; without it the channel is the type. */
  keyPrefix?: string;
  /** Sent again under the same key, nothing is stored and the first input is the result. */
  idempotencyKey?: string;
}

/** What every instance of a `RunInput` class has besides its fields. */
export interface RunInputBase {
  /** Of a received input. Reading it of one that was made here throws. */
  readonly metadata: InputMetadata;
  /** Send to the run that sent this; throws `CannotRespond` where no run did. */
  respond(value: unknown, options?: SendOptions & { type?: InputType }): Promise<SentInput>;
  /** Send to a run. */
  sendTo(flowRunId: string, options?: SendOptions): Promise<SentInput>;
}

/** An input that has been stored. */
export interface SentInput {
  /** Under which it is stored in the run that receives it. */
  key: string;
  /** Its position in the run's inputs. */
  cursor: string;
  /** Whether the run's code is receiving from this channel now. */
  listening: boolean;
  /** Waits for the answer that names this input as the one it replies to. */
  reply<T extends InputType>(type: T, options?: ReplyOptions): Promise<InputOf<T>>;
}

/** How a reply is waited for. */
export interface ReplyOptions {
  /** Seconds, 3600 by default; null for ever. */
  timeout?: number | null;
  /** Where the other side responds with this `keyPrefix`. */
  keyPrefix?: string;
}

/** A class of inputs with the fields of a Zod object. */
export interface RunInputClass<S extends z.ZodObject> {
  /** Checks the value at once; throws `InputValidationError`. The fields are read-only. */
  new (value: z.input<S>): z.output<S> & RunInputBase;
  readonly schema: S;
  /**
   * A new class of the same name and identity, with these defaults and this Markdown description; applied again, the later ones win.
   * Throws for an unknown field and for a default that the schema refuses.
   */
  withInitialData<T extends AnyRunInputClass>(
    this: T,
    defaults: Partial<z.input<T["schema"]>>,
    options?: { description?: string },
  ): T;
  /** What is stored of an instance when it is sent; by default what `new` was given. */
  store(instance: z.output<S>): unknown;
  /** What a stored value is read from; by default the value itself. */
  restore(stored: unknown): z.input<S>;
  /** Iterates the run's inputs of this type. */
  receive<T extends AnyRunInputClass>(this: T, options?: ReceiveOptions): InputReceiver<InstanceType<T>>;
}

/** Which inputs are received, and how. */
export interface ReceiveOptions {
  /** Seconds for each `next()`; 3600 by default, null for ever, 0 for what is stored already. */
  timeout?: number | null;
  /** Inputs are pushed; this is only how often to look where the connection is down. In seconds, 10 by default. */
  pollInterval?: number;
  /** Whether a `for await` throws `InputTimeout` at the timeout, or ends (the default). `next()` always throws. */
  raiseTimeoutError?: boolean;
  /** Keys of inputs that are never delivered. */
  excludeKeys?: Iterable<string>;
  /** The channel of this name in place of the type's; it takes every type. */
  keyPrefix?: string;
  /** Whose inputs; the current run's by default. */
  flowRunId?: string;
  /**
   * A name under which the server keeps the position per run and channel. An input is finished with when the next is asked for, `ack()` is
   * called, or the run completes; what was not finished with comes again.
   */
  cursor?: string;
  /**
   * "shared" (default): every receiver sees every input. "exclusive": each input goes to one receiver, comes again if that one is lost, and
   * is gone once finished with.
   */
  consume?: "shared" | "exclusive";
  /**
   * Whole seconds, 1 or more, that the channel's inputs are kept once the run's code took or refused them; null: as long as the run (the
   * default). Left out, what an earlier receiver of the channel said stays. What a named receiver has not finished with is kept.
   */
  retention?: number | null;
}

/** Iterates a run's inputs of one channel, oldest first, and goes on live. */
export interface InputReceiver<T> extends AsyncIterable<T> {
  /** The next input; throws `InputTimeout`. */
  next(): Promise<T>;
  /** The input delivered last is finished with. */
  ack(): Promise<void>;
  /** Ends it; leaving a `for await` does not. */
  close(): Promise<void>;
}
