import type { Topic } from "./topic.ts";

/** Somebody who waits for a topic. It holds one flag: a hundred notifications between two looks are one wake-up. */
export interface Wake {
  /**
   * Waits until the topic was notified since the last call (or since the wake was made).
   * One caller waits at a time.
   *
   * @returns false once the wake is closed; then at once and for ever
   */
  next(): Promise<boolean>;
  /** Ends it, also while somebody waits. Safe to call twice. */
  close(): void;
}

/**
 * Says that rows may have changed, never what they hold: who is woken reads behind its own position.
 * Spurious wake-ups are allowed; a lost one costs at most the poll interval.
 */
export interface Bus {
  /** Wakes everybody who waits for one of the topics, on every server. Call it after the commit. */
  notify(...topics: Topic[]): void;
  /** Begins to listen; what is notified from now on is not missed. Close it when done. */
  wake(topic: Topic): Wake;
  /** Closes all wakes and the connections of the bus. */
  close(): Promise<void>;
}
