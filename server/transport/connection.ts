import type { Duplex } from "node:stream";
import { WebSocket } from "ws";
import type { Chunk } from "../live/sink.ts";
import type { LiveSubscription } from "../live/subscription.ts";
import { nextFrames } from "./next-frames.ts";

/** What may wait in this process for a client that reads slowly before its subscriptions stop writing. Bytes. */
const buffered = 64 * 1024;
/** What may wait at all; a client that asks on without reading the answers is cut off. Bytes. */
const most = 32 * 1024 * 1024;

/** One client's socket: the protocol's messages go through `ws`, subscriptions' messages directly. */
export class Connection {
  /** Whether something came from the client, or got through to it, since the last look. */
  heard = true;
  /** Live subscriptions on it. */
  subscriptions = 0;
  readonly #full = new Set<LiveSubscription>();
  readonly #closing = new AbortController();

  /** @param stream the one that `ws` writes to; without compression it writes each frame whole and at once */
  constructor(
    readonly socket: WebSocket,
    private readonly stream: Duplex,
  ) {
    socket.once("close", () => this.#closing.abort());
    stream.on("drain", () => {
      this.heard = true;
      const waiting = [...this.#full];
      this.#full.clear();
      for (const subscription of waiting) subscription.resume();
    });
  }

  /** Aborted when the socket closes. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /** Sends a message of the protocol, and waits until it is written. */
  send(message: string): Promise<void> {
    if (!this.isOpen) return Promise.resolve();
    if (this.stream.writableLength > most) {
      this.socket.terminate();
      return Promise.resolve();
    }
    return new Promise((resolve) => this.socket.send(message, () => resolve()));
  }

  /** @returns false if the subscription has to wait; it is resumed when the client has read on */
  writeNext(chunk: Chunk, id: string, subscription: LiveSubscription): boolean {
    if (!this.isOpen) return false;
    const frames = nextFrames(chunk, id);
    if (frames.length === 1 && frames[0] !== undefined) this.stream.write(frames[0]);
    else {
      this.stream.cork();
      for (const frame of frames) this.stream.write(frame);
      this.stream.uncork();
    }
    if (this.stream.writableLength <= buffered) return true;
    this.#full.add(subscription);
    return false;
  }

  forget(subscription: LiveSubscription): void {
    this.#full.delete(subscription);
  }
}
