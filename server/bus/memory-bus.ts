import type { Bus, Wake } from "./bus.ts";
import { Flag } from "./flag.ts";
import type { Topic } from "./topic.ts";

/** A bus within this process. Who waits is woken in the same turn. */
export class MemoryBus implements Bus {
  readonly #flags = new Map<Topic, Set<Flag>>();

  notify(...topics: Topic[]): void {
    for (const topic of topics) {
      const flags = this.#flags.get(topic);
      if (flags !== undefined) for (const flag of flags) flag.ring();
    }
  }

  /** Wakes everybody, whatever they wait for: used where notifications may have been lost. */
  notifyAll(): void {
    for (const flags of this.#flags.values()) for (const flag of flags) flag.ring();
  }

  wake(topic: Topic): Wake {
    const flags = this.#flags.get(topic) ?? new Set();
    this.#flags.set(topic, flags);
    const flag = new Flag(() => this.#forget(topic, flag));
    flags.add(flag);
    return flag;
  }

  /** How many wakes are open: a test that leaves one behind has leaked a subscription. */
  get size(): number {
    let size = 0;
    for (const flags of this.#flags.values()) size += flags.size;
    return size;
  }

  async close(): Promise<void> {
    for (const flags of [...this.#flags.values()]) for (const flag of [...flags]) flag.close();
  }

  #forget(topic: Topic, flag: Flag): void {
    const flags = this.#flags.get(topic);
    flags?.delete(flag);
    if (flags?.size === 0) this.#flags.delete(topic);
  }
}
