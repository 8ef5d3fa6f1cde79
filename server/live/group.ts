import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { Bus, Wake } from "../bus/bus.ts";
import type { LiveOperation } from "./operation.ts";
import { cutChunks, Ring } from "./ring.ts";
import type { Chunk } from "./sink.ts";
import type { LiveSource, Placed } from "./source.ts";
import type { LiveSubscription, Stream } from "./subscription.ts";
import { tailBatches } from "./tail.ts";

/** What a group keeps for those who read slowly, and for who comes back. */
const kept = {
  log: { messages: 512, size: 1024 * 1024 },
  state: { messages: 32, size: 1024 * 1024 },
};
const pageRows = 200;
/** Subscribers that are written to before other work of the process gets its turn. */
const sweepTurn = 200;
const longestRetryPause = 5_000; // milliseconds
/** How long the group waits, at most, for a majority that reads more slowly than messages come. */
const patience = 500; // milliseconds

interface GroupOptions {
  operation: LiveOperation;
  source: LiveSource<unknown>;
  bus: Bus;
  report(what: string, cause: unknown): void;
  /** The last subscriber has left; nobody may join any more. */
  onEmpty(): void;
}

/**
 * All subscribers of one stream: one loop reads and renders each row once, and each subscriber gets the same
 * text. Who reads more slowly than messages come delays nobody: it is passed, and when it has room again it
 * goes on in the ring, or, where that has moved on, reads the rows from the database until it has caught up.
 */
export class Group implements Stream {
  readonly #options: GroupOptions;
  readonly #members = new Set<LiveSubscription>();
  /** Members that are served from the ring. */
  readonly #live = new Set<LiveSubscription>();
  /** Pages that are being read for members behind the ring, by position: who comes back together reads once. */
  readonly #pages = new Map<number, Promise<Page>>();
  #ring: Ring | undefined;
  #wake: Wake | undefined;
  #closed = false;
  #sweeping: Promise<void> | undefined;
  #sweepAgain = false;
  readonly #stop = new AbortController();

  constructor(options: GroupOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#members.size;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Takes a member, which will call `start` or `left`. */
  add(subscription: LiveSubscription): void {
    this.#members.add(subscription);
  }

  start(subscription: LiveSubscription): void {
    this.#serve(subscription);
  }

  resumed(subscription: LiveSubscription): void {
    this.#serve(subscription);
  }

  left(subscription: LiveSubscription): void {
    this.#members.delete(subscription);
    this.#live.delete(subscription);
    if (this.#members.size === 0) this.close();
  }

  /** Ends it for all. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#wake?.close();
    this.#stop.abort();
    this.#options.onEmpty();
    for (const member of [...this.#members]) member.end();
  }

  /** Gives a member what the ring has for it; where that is too late, has it read for itself. */
  #serve(member: LiveSubscription): void {
    while (!member.closed && !member.full) {
      if (this.#ring === undefined || member.position < this.#ring.base) {
        this.#live.delete(member);
        void this.#catchUp(member);
        return;
      }
      this.#live.add(member);
      const chunk = this.#ring.chunkAfter(member.position);
      if (chunk === undefined) return;
      member.write(chunk);
    }
  }

  /** Reads one page behind the member's position and goes on from there. */
  async #catchUp(member: LiveSubscription): Promise<void> {
    const page = await this.#page(member.position);
    if (this.#closed || member.closed) return;
    for (const chunk of page.chunks) {
      member.write(chunk);
      if (member.full || member.closed) return;
    }
    if (page.isLast && this.#ring === undefined) this.#begin(member.position);
    this.#serve(member);
  }

  #page(position: number): Promise<Page> {
    const reading = this.#pages.get(position);
    if (reading !== undefined) return reading;
    const page = this.#retry(
      async () => {
        const rows = await this.#options.source.readAfter(position, pageRows);
        return { chunks: cutChunks(await this.#render(rows)), isLast: rows.length < pageRows };
      },
      { chunks: [], isLast: false },
    );
    this.#pages.set(position, page);
    void page.finally(() => this.#pages.delete(position));
    return page;
  }

  #begin(position: number): void {
    this.#ring = new Ring(position, kept[this.#options.source.kind]);
    this.#wake = this.#options.bus.wake(this.#options.source.topic);
    void this.#run(this.#ring, this.#wake);
  }

  async #run(ring: Ring, wake: Wake): Promise<void> {
    const { source } = this.#options;
    const read: typeof source.readAfter = (position, limit) =>
      this.#retry(() => source.readAfter(position, limit), []);
    for await (const rows of tailBatches(wake, read, ring.head)) {
      ring.push(await this.#render(rows));
      if (this.#closed) return;
      await this.#sweep();
      if (ring.isFull) await this.#waitForMost(ring);
    }
  }

  #render(rows: Placed<unknown>[]): Promise<{ position: number; text: string }[]> {
    const { operation } = this.#options;
    return Promise.all(
      rows.map(async ({ position, row }) => ({ position, text: await operation.render(row) })),
    );
  }

  /** Serves all who are not full. Reading waits for it, so whoever keeps up never falls behind the ring. */
  #sweep(): Promise<void> {
    this.#sweepAgain = true;
    this.#sweeping ??= this.#sweepAll().finally(() => {
      this.#sweeping = undefined;
    });
    return this.#sweeping;
  }

  async #sweepAll(): Promise<void> {
    while (this.#sweepAgain && !this.#closed) {
      this.#sweepAgain = false;
      let served = 0;
      for (const member of this.#live) {
        this.#serve(member);
        if (++served % sweepTurn === 0) await nextTurn();
      }
    }
  }

  /** The next messages would push out what most still have to read: each of them would go to the database. */
  async #waitForMost(ring: Ring): Promise<void> {
    const end = performance.now() + patience;
    while (!this.#closed && performance.now() < end) {
      let ready = 0;
      let full = 0;
      for (const member of this.#live)
        if (!member.full) ready++;
        else if (member.position >= ring.base) full++;
      if (full <= ready) return;
      await sleep(2);
    }
  }

  /** Repeats what fails (the database may be away for a while) for as long as somebody is there. */
  async #retry<T>(work: () => Promise<T>, whenClosed: T): Promise<T> {
    const { source, report } = this.#options;
    for (let pause = 100; !this.#closed; pause = Math.min(pause * 2, longestRetryPause)) {
      try {
        return await work();
      } catch (error) {
        if (this.#closed) break;
        report(`Reading ${source.topic} for its subscribers failed; trying again.`, error);
        await sleep(pause, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      }
    }
    return whenClosed;
  }
}

interface Page {
  chunks: Chunk[];
  /** Whether there was nothing behind it when it was read. */
  isLast: boolean;
}
