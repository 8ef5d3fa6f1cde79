import type { InputReceiver, InputType } from "../../core/run-input/contract.ts";
import { InputTimeout } from "../errors.ts";
import { checkContext } from "../execution/context.ts";
import type { FinishedInputsInput } from "../gql/graphql.ts";
import { logLine } from "../log/logger.ts";
import { delivered, refusedMessage } from "./deliver.ts";
import type { Inbox } from "./inbox.ts";
import { type Message, readValue } from "./message.ts";
import type { MessageSource } from "./source.ts";

interface Options {
  timeout: number | null;
  raiseTimeoutError: boolean;
  excludeKeys: ReadonlySet<string>;
  withMetadata: boolean;
  /** Whether a message counts as handed to the code only when it is finished with. */
  exclusive: boolean;
}

/** Hands the messages of a channel to the code one by one. */
export class Receiver implements InputReceiver<unknown>, AsyncDisposable {
  /** The message that the code was handed last, until it is finished with. */
  #current: Message | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(
    private readonly type: InputType,
    private readonly inbox: Inbox,
    private readonly source: MessageSource,
    private readonly options: Options,
  ) {
    this.inbox.own?.execution.settling.add(this);
  }

  next(): Promise<unknown> {
    const turn = this.#turn.then(
      () => this.#next(),
      () => this.#next(),
    );
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async ack(): Promise<void> {
    this.#finish();
    await this.source.flush();
  }

  /**
   * The input that was delivered last, for a call that finishes with it along with what it does; `done` is to be called
   * when that has happened. Null where there is none. Throws TypeError where nothing keeps the receiver's place.
   */
  finishing(): { what: FinishedInputsInput; done(): void } | null {
    const message = this.#current;
    if (message === null) return null;
    const { own, flowRunId, channel } = this.inbox;
    const by = this.source.finishing(message);
    if (by === null) {
      throw new TypeError(
        `the receiver of ${channel.keyPrefix ?? channel.inputType} has no place that is kept, so nothing can be finished with: give it a cursor, or consume: "exclusive"`,
      );
    }
    const done = () => {
      if (this.#current === message) this.#finish();
    };
    const execution = own?.execution.number ?? null;
    const delivered = own || by.consumer !== null ? [message.id] : [];
    return { what: { flowRunId, execution, delivered, ...by }, done };
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.inbox.own?.execution.settling.delete(this);
    await this.source.close();
  }

  /** The run's code has ended. */
  async settle(completed: boolean): Promise<void> {
    if (completed) this.#finish();
    await this.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown, undefined> {
    return {
      next: async () => {
        try {
          return { done: false, value: await this.next() };
        } catch (error) {
          if (this.#closed) return { done: true, value: undefined };
          if (error instanceof InputTimeout && !this.options.raiseTimeoutError) {
            return { done: true, value: undefined };
          }
          throw error;
        }
      },
      return: async () => ({ done: true, value: undefined }),
    };
  }

  async #next(): Promise<unknown> {
    const { own, flowRunId, reports } = this.inbox;
    if (own) checkContext(own, true);
    this.#finish();
    const message = await this.#take();
    const read = await readValue(this.type, message, flowRunId);
    this.#current = message;
    if (!read.ok) {
      if (own && "failure" in read)
        logLine(own, 40, `the validator of input ${message.key} failed: ${read.failure}`);
      reports.invalid(message.id);
      if (this.options.exclusive) this.#current = null;
      throw refusedMessage(message, read.issues);
    }
    if (!this.options.exclusive) reports.delivered(message.id);
    return delivered(this.type, read.value, message, flowRunId, this.options.withMetadata);
  }

  async #take(): Promise<Message> {
    const { own } = this.inbox;
    for (;;) {
      if (this.#closed) throw new InputTimeout("the receiver is closed");
      const taking = this.source.take(this.options.timeout);
      const message = await (own ? own.execution.during(taking) : taking);
      if (message === null) {
        if (this.#closed) throw new InputTimeout("the receiver was closed");
        throw new InputTimeout(
          `no input of channel ${this.inbox.channel.keyPrefix ?? this.inbox.channel.inputType} came within ${this.options.timeout} s`,
        );
      }
      if (!this.options.excludeKeys.has(message.key)) return message;
      this.source.finished(message);
    }
  }

  #finish(): void {
    if (this.#current) this.source.finished(this.#current);
    this.#current = null;
  }
}
