import type pg from "pg";
import type { Bus, Wake } from "./bus.ts";
import { Doorbell } from "./doorbell.ts";
import { MemoryBus } from "./memory-bus.ts";
import type { Topic } from "./topic.ts";

export interface PostgresBusOptions {
  /** Opens a connection of the bus's own; not through a pooler in transaction mode, where LISTEN does not work. */
  connect(): Promise<pg.Client>;
  /** Told when the connection is lost (and, once, that it is back). */
  log(message: string, cause?: unknown): void;
  /** How often everybody looks anyway, in milliseconds. @default 5000 */
  poll?: number;
}

/**
 * A bus between all servers on one database. Wakes of this process are rung at once; the others by a doorbell:
 * at most one NOTIFY in 5 ms, outside of every transaction. When its connection was lost, all are woken after
 * it is back; while it is away, the poll stands in.
 */
export class PostgresBus implements Bus {
  readonly #local = new MemoryBus();
  readonly #doorbell: Doorbell;
  readonly #poll: NodeJS.Timeout;

  constructor(options: PostgresBusOptions) {
    this.#doorbell = new Doorbell({
      connect: options.connect,
      log: options.log,
      heard: (topics) => (topics === "all" ? this.#local.notifyAll() : this.#local.notify(...topics)),
    });
    this.#poll = setInterval(() => this.#local.notifyAll(), options.poll ?? 5000);
    this.#poll.unref();
  }

  /** Waits until the doorbell hears the other servers. Not needed for correctness. */
  ready(): Promise<void> {
    return this.#doorbell.connected();
  }

  notify(...topics: Topic[]): void {
    this.#local.notify(...topics);
    this.#doorbell.ring(topics);
  }

  wake(topic: Topic): Wake {
    return this.#local.wake(topic);
  }

  get size(): number {
    return this.#local.size;
  }

  async close(): Promise<void> {
    clearInterval(this.#poll);
    await this.#local.close();
    await this.#doorbell.close();
  }
}
