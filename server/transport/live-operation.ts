import type { Chunk, Sink } from "../live/sink.ts";
import type { LiveSubscription } from "../live/subscription.ts";
import type { Connection } from "./connection.ts";

/**
 * A live subscription as graphql-ws sees it: a stream that yields nothing and ends when the subscription does.
 * Its messages are written past graphql-ws, which would make each anew for each subscriber.
 */
export class LiveOperationStream implements AsyncIterableIterator<never>, Sink {
  readonly #id: string;
  #started = false;
  #end: () => void = () => undefined;
  readonly #ended = new Promise<IteratorResult<never>>((resolve) => {
    this.#end = () => resolve({ done: true, value: undefined });
  });

  constructor(
    private readonly subscription: LiveSubscription,
    private readonly connection: Connection,
    id: string,
  ) {
    this.#id = asciiJson(id);
    connection.subscriptions++;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  write(chunk: Chunk): boolean {
    return this.connection.writeNext(chunk, this.#id, this.subscription);
  }

  end(): void {
    this.#end();
  }

  /** Called once graphql-ws has taken the operation; only then may messages go out. */
  next(): Promise<IteratorResult<never>> {
    if (!this.#started) {
      this.#started = true;
      this.subscription.start(this);
    }
    return this.#ended;
  }

  return(): Promise<IteratorResult<never>> {
    if (!this.subscription.closed) this.connection.subscriptions--;
    this.subscription.close();
    this.connection.forget(this.subscription);
    this.#end();
    return this.#ended;
  }
}

/** Operation ids are the client's: any text. */
function asciiJson(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
