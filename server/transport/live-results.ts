import type { ServerResponse } from "node:http";
import type { ExecutionResult } from "graphql";
import type { Chunk, Sink } from "../live/sink.ts";
import type { LiveSubscription } from "../live/subscription.ts";

/** A result that is text already; Yoga asks it for its own text. */
interface TextResult extends ExecutionResult {
  stringify(): string;
}

/**
 * A live subscription as a stream that is pulled, for Yoga. It holds one chunk at a time, and asks for the next
 * when that is taken: who reads slowly keeps a place in the stream, not messages.
 */
export class LiveResults implements AsyncIterableIterator<TextResult>, Sink {
  #chunk: string[] = [];
  #next = 0;
  #waiting: ((result: IteratorResult<TextResult>) => void) | undefined;
  #started = false;
  #done = false;

  constructor(
    private readonly subscription: LiveSubscription,
    /** When it closes, the client has gone, whether or not anybody reads the stream by then. */
    response: ServerResponse | undefined,
  ) {
    const leave = () => void this.return();
    if (response?.closed || response?.destroyed) leave();
    else response?.once("close", leave);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  write(chunk: Chunk): boolean {
    this.#chunk = chunk.texts;
    this.#next = 0;
    const waiting = this.#waiting;
    if (waiting !== undefined) {
      this.#waiting = undefined;
      waiting(this.#take());
    }
    return false; // room is made by `next`
  }

  end(): void {
    this.#done = true;
    this.#waiting?.({ done: true, value: undefined });
    this.#waiting = undefined;
  }

  next(): Promise<IteratorResult<TextResult>> {
    if (this.#next < this.#chunk.length) return Promise.resolve(this.#take());
    if (this.#done) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.#waiting = resolve;
      if (this.#started) this.subscription.resume();
      else this.subscription.start(this);
      this.#started = true;
    });
  }

  return(): Promise<IteratorResult<TextResult>> {
    this.#done = true;
    this.#chunk = [];
    this.subscription.close();
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  #take(): IteratorResult<TextResult> {
    const text = this.#chunk[this.#next++] ?? "";
    return { done: false, value: { stringify: () => text } };
  }
}
