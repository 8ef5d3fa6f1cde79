import type { Bus } from "../bus/bus.ts";
import { Group } from "./group.ts";
import type { LiveOperation } from "./operation.ts";
import type { LiveSource } from "./source.ts";
import { LiveSubscription } from "./subscription.ts";

interface Opened {
  first: string[];
  position: number;
}

/** All live subscriptions of this server, by stream. */
export class LiveGroups {
  readonly #shared = new Map<string, Group>();
  readonly #all = new Set<Group>();
  readonly #opening = new Map<string, Promise<Opened>>();
  #closed = false;

  constructor(
    private readonly bus: Bus,
    private readonly report: (what: string, cause: unknown) => void,
  ) {}

  /** How many subscribers there are. */
  get size(): number {
    let size = 0;
    for (const group of this.#all) size += group.size;
    return size;
  }

  /** How many streams are read. */
  get streams(): number {
    return this.#all.size;
  }

  /**
   * Opens a subscription; the caller starts or closes it. What happens from now on is not missed.
   *
   * @throws what the source refuses it with
   */
  async open(operation: LiveOperation): Promise<LiveSubscription> {
    const source = await operation.newSource();
    return source.shared === false
      ? this.#openPrivate(operation, source)
      : this.#openShared(operation, source);
  }

  /** Ends all subscriptions. */
  close(): void {
    this.#closed = true;
    for (const group of [...this.#all]) group.close();
  }

  async #openPrivate(operation: LiveOperation, source: LiveSource<unknown>): Promise<LiveSubscription> {
    const close = async () => {
      try {
        await source.close?.();
      } catch (error) {
        this.report(`Ending a stream of ${source.topic} failed.`, error);
      }
    };
    try {
      const opened = await open(operation, source);
      return this.#join(
        this.#newGroup(operation, source, () => void close()),
        opened,
      );
    } catch (error) {
      await close();
      throw error;
    }
  }

  async #openShared(operation: LiveOperation, source: LiveSource<unknown>): Promise<LiveSubscription> {
    // Who subscribes while an equal one is being opened begins with the same messages.
    let opening = this.#opening.get(operation.openKey);
    if (opening === undefined) {
      opening = open(operation, source).finally(() => this.#opening.delete(operation.openKey));
      this.#opening.set(operation.openKey, opening);
    }
    const opened = await opening;
    let group = this.#shared.get(operation.key);
    if (group === undefined) {
      group = this.#newGroup(operation, source, () => this.#shared.delete(operation.key));
      this.#shared.set(operation.key, group);
    }
    return this.#join(group, opened);
  }

  #newGroup(operation: LiveOperation, source: LiveSource<unknown>, onEnd: () => void): Group {
    const group = new Group({
      operation,
      source,
      bus: this.bus,
      report: this.report,
      onEmpty: () => {
        this.#all.delete(group);
        onEnd();
      },
    });
    this.#all.add(group);
    return group;
  }

  #join(group: Group, { first, position }: Opened): LiveSubscription {
    const subscription = new LiveSubscription(group, position, first);
    group.add(subscription);
    if (this.#closed) group.close();
    return subscription;
  }
}

async function open(operation: LiveOperation, source: LiveSource<unknown>): Promise<Opened> {
  const { first, position } = await source.open();
  return { first: await Promise.all(first.map((row) => operation.render(row))), position };
}
