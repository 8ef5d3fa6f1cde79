import type { Chunk, Sink } from "./sink.ts";

/** The stream that a subscription belongs to, as far as it needs to know it. */
export interface Stream {
  start(subscription: LiveSubscription): void;
  /** It was full and has room again. */
  resumed(subscription: LiveSubscription): void;
  left(subscription: LiveSubscription): void;
}

/** One subscriber of a stream. Between messages it is nothing but its position. */
export class LiveSubscription {
  /** Whether its client reads more slowly than messages come. */
  full = false;
  #sink: Sink | undefined;
  #closed = false;

  /**
   * @param position behind which it goes on
   * @param first what comes before that
   */
  constructor(
    private readonly stream: Stream,
    public position: number,
    private first: string[],
  ) {}

  get closed(): boolean {
    return this.#closed;
  }

  /** Begins to write. Called once. */
  start(sink: Sink): void {
    if (this.#closed) {
      sink.end();
      return;
    }
    this.#sink = sink;
    if (this.first.length > 0) this.write({ texts: this.first, position: this.position });
    this.first = [];
    this.stream.start(this);
  }

  /** The sink has room again. */
  resume(): void {
    if (!this.full || this.#closed) return;
    this.full = false;
    this.stream.resumed(this);
  }

  /** The client has gone, or has had enough. Safe to call twice, and before `start`. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.stream.left(this);
  }

  /** For the stream: hands out messages and moves on. */
  write(chunk: Chunk): void {
    if (this.#closed || this.#sink === undefined) return;
    this.position = chunk.position;
    this.full = !this.#sink.write(chunk);
  }

  /** For the stream: the server ends it. */
  end(): void {
    if (this.#closed) return;
    this.close();
    this.#sink?.end();
  }
}
