import { hold } from "./hold.ts";

interface Waiting<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
  release(): void;
}

/** Items that are pushed from one side and taken one by one from the other; who takes keeps the process alive. */
export class Queue<T> implements AsyncIterableIterator<T, undefined> {
  readonly #items: T[] = [];
  readonly #waiting: Waiting<T>[] = [];
  #end: { error: unknown } | "done" | undefined;
  readonly #close: () => void;

  /** `close` is called once, when the reader leaves or the items end. */
  constructor(close: () => void) {
    this.#close = close;
  }

  push(item: T): void {
    if (this.#end) return;
    const waiting = this.#waiting.shift();
    if (!waiting) {
      this.#items.push(item);
      return;
    }
    waiting.release();
    waiting.resolve({ done: false, value: item });
  }

  /** Nothing comes after what is there. */
  end(): void {
    this.#finish("done");
  }

  /** The error comes after what is there. */
  fail(error: unknown): void {
    this.#finish({ error });
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const item = this.#items.shift();
    if (item !== undefined) return Promise.resolve({ done: false, value: item });
    const end = this.#end;
    if (end === "done") return Promise.resolve({ done: true, value: undefined });
    if (end) {
      this.#end = "done";
      return Promise.reject(end.error);
    }
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject, release: hold() }));
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#items.length = 0;
    this.#finish("done");
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #finish(end: { error: unknown } | "done"): void {
    if (this.#end) return;
    this.#end = end;
    for (const [index, waiting] of this.#waiting.splice(0).entries()) {
      waiting.release();
      if (end !== "done" && index === 0) {
        this.#end = "done";
        waiting.reject(end.error);
      } else waiting.resolve({ done: true, value: undefined });
    }
    this.#close();
  }
}
