import { byOccurrence, type HeldEvent, longestWait } from "./held-event.ts";

/** What has come and gone among the held events. */
export interface HeldChanges {
  readonly held: readonly HeldEvent[];
  /** Positions. */
  readonly released: readonly number[];
}

/** The events of a log that wait for their leaders. It remembers what has changed until that is asked for. */
export class HeldEvents {
  /** In the order of the log, which is that of receipt. */
  readonly #waiting = new Map<number, HeldEvent>();
  readonly #byId = new Map<string, HeldEvent>();
  /** By the leader's id, then by position. */
  readonly #followers = new Map<string, Map<number, HeldEvent>>();
  readonly #added = new Map<number, HeldEvent>();
  readonly #released = new Set<number>();

  /** @param held what is held already, in any order */
  constructor(held: Iterable<HeldEvent> = []) {
    for (const event of [...held].sort((a, b) => a.position - b.position)) this.#file(event);
  }

  get size(): number {
    return this.#waiting.size;
  }

  /** All of them, in the order of the log. */
  [Symbol.iterator](): IterableIterator<HeldEvent> {
    return this.#waiting.values();
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  hold(event: HeldEvent): void {
    this.#file(event);
    this.#added.set(event.position, event);
  }

  release(event: HeldEvent): void {
    this.#waiting.delete(event.position);
    this.#byId.delete(event.id);
    const others = this.#followers.get(event.follows);
    others?.delete(event.position);
    if (others?.size === 0) this.#followers.delete(event.follows);
    if (!this.#added.delete(event.position)) this.#released.add(event.position);
  }

  /** Those that wait for an event, in the order in which they occurred. */
  followersOf(id: string): readonly HeldEvent[] {
    const followers = this.#followers.get(id);
    return followers === undefined ? [] : [...followers.values()].sort(byOccurrence);
  }

  /** The instant of the wall clock at which the first of them has waited long enough; null where there is none. */
  nextOrphanAt(): number | null {
    if (this.#waiting.size === 0) return null;
    const { value: first } = this.#waiting.values().next();
    return first === undefined ? null : first.received + longestWait;
  }

  /** Those that have waited long enough at an instant of the wall clock, in the order in which they are to be judged. */
  orphansAt(wall: number): readonly HeldEvent[] {
    const orphans: HeldEvent[] = [];
    for (const event of this.#waiting.values()) {
      if (event.received + longestWait > wall) break;
      orphans.push(event);
    }
    return orphans.sort(byOccurrence);
  }

  /** What has changed since it was last asked. */
  changes(): HeldChanges {
    const changes = { held: [...this.#added.values()], released: [...this.#released] };
    this.#added.clear();
    this.#released.clear();
    return changes;
  }

  #file(event: HeldEvent): void {
    this.#waiting.set(event.position, event);
    this.#byId.set(event.id, event);
    const others = this.#followers.get(event.follows);
    if (others === undefined) this.#followers.set(event.follows, new Map([[event.position, event]]));
    else others.set(event.position, event);
  }
}
