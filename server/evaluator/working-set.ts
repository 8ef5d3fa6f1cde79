import type { HeldEvent } from "../../core/event-log/held-event.ts";
import { TriggerState } from "../../core/trigger/trigger-state.ts";
import { remembering, type Watch } from "../../core/trigger/watch.ts";
import type { Db } from "../db.ts";
import { type ReadEvent, readPositions } from "./read-log.ts";
import {
  readBuckets,
  readBucketsDueAt,
  readDueBuckets,
  readDueMemories,
  readMemories,
} from "./read-state.ts";
import type { Wanted, Watched } from "./watched.ts";

/** Windows that are loaded at once because they are due; more than may be in a commit under way, which are found again. */
const portion = 2_500;
/** Windows after which it is to be replaced by an empty one. */
const mostLoaded = 200_000;

interface Place {
  triggerId: string;
  keyText: string;
}

/**
 * What the fold needs of the stored state: everything that the next events and the next stretch of time can touch is loaded before. It
 * lives as long as its holder's epoch, and not longer than the first commit that fails.
 */
export class WorkingSet {
  readonly state: TriggerState;
  /** Everything that is due up to this instant of the evaluation clock is loaded. */
  #loadedUntil = Number.NEGATIVE_INFINITY;
  /** Triggers whose rows are to go with the next commit: what is stored under them is void. */
  readonly #dropped = new Set<string>();
  readonly #bodies = new Map<number, ReadEvent>();
  #wanted = new Map<number, Wanted[]>();
  #loaded = 0;

  constructor(
    private readonly db: Db,
    private readonly watched: Watched,
  ) {
    this.state = new TriggerState({ complete: false, leaf: (triggerId) => watched.leaf(triggerId) });
  }

  /** Whether it has grown so large that an empty one should take its place once all is stored. */
  get full(): boolean {
    return this.#loaded > mostLoaded;
  }

  get dropped(): readonly string[] {
    return [...this.#dropped];
  }

  /** The automations that the event concerns, as the definitions are now. @throws Poisoned */
  candidates(event: ReadEvent): Watch[] {
    return this.#wantedOf(event).map(({ watch }) => watch);
  }

  /** @throws where the body was not loaded */
  body(held: HeldEvent): ReadEvent {
    const body = this.#bodies.get(held.position);
    if (body === undefined) throw new Error(`the held event ${held.id} was not loaded`);
    return body;
  }

  /** Keeps the body of an event that may be held. */
  keepBody(event: ReadEvent): void {
    this.#bodies.set(event.position, event);
  }

  /** Loads the bodies of what is held. */
  async loadBodies(held: Iterable<HeldEvent>): Promise<void> {
    const positions = [...held].map(({ position }) => position).filter((at) => !this.#bodies.has(at));
    for (const event of await readPositions(this.db, positions)) this.keepBody(event);
  }

  /** Loads whatever these events can touch. */
  async loadFor(events: readonly ReadEvent[]): Promise<void> {
    const places = new Map<string, Place>();
    const memories = new Set<string>();
    for (const event of events) {
      for (const { touches } of this.#wantedOf(event)) {
        for (const { leaf, keyText } of touches) {
          const triggerId = leaf.trigger.id;
          if (leaf.kind === "metric") memories.add(triggerId);
          else if (!this.state.knows(triggerId, keyText))
            places.set(`${triggerId} ${keyText}`, { triggerId, keyText });
          for (const id of remembering(leaf)) memories.add(id);
        }
      }
    }
    await this.#loadBuckets([...places.values()]);
    await this.#loadMemories([...memories]);
  }

  /**
   * Loads what is due up to an instant of the evaluation clock, or the first of it where it is much.
   *
   * @param inPortions whether the rest may be loaded once this has been dealt with and stored
   * @returns up to which instant it is loaded, and whether all of it is
   */
  async loadDue(until: number, inPortions: boolean): Promise<{ upTo: number; complete: boolean }> {
    if (until <= this.#loadedUntil) return { upTo: until, complete: true };
    const limit = inPortions ? portion : Number.MAX_SAFE_INTEGER;
    const rows = await readDueBuckets(this.db, until, limit);
    const complete = rows.length < limit;
    const upTo = complete ? until : (rows.at(-1)?.bucket.dueAt ?? until);
    // Members of one trigger that are due at one instant have an order among them.
    const cut = !complete && rows.some((row) => row.bucket.dueAt === upTo && this.#isMember(row.triggerId));
    if (cut) rows.push(...(await readBucketsDueAt(this.db, upTo)));
    const memories = new Set<string>();
    for (const { triggerId, keyText, bucket } of rows) {
      if (this.#dropped.has(triggerId) || this.state.knows(triggerId, keyText)) continue;
      this.state.load(triggerId, keyText, bucket);
      this.#loaded++;
      for (const id of this.#rememberingOf(triggerId)) memories.add(id);
    }
    for (const { triggerId, memory } of await readDueMemories(this.db, until)) {
      if (this.#dropped.has(triggerId)) continue;
      this.state.loadMemory(triggerId, memory);
      for (const id of this.#rememberingOf(triggerId)) memories.add(id);
    }
    await this.#loadMemories([...memories]);
    this.#loadedUntil = complete || cut ? upTo : upTo - 1;
    return { upTo, complete };
  }

  /** The definitions have changed. */
  changed(dropped: readonly string[], started: Watch | null): void {
    this.#wanted = new Map();
    for (const id of dropped) {
      this.#dropped.add(id);
      this.state.dropTrigger(id);
    }
    // Nothing is stored of what begins.
    for (const leaf of started?.leaves ?? []) {
      if (leaf.kind === "metric") this.state.loadMemory(leaf.trigger.id, null);
      else this.state.load(leaf.trigger.id, "[]", null);
      for (const id of remembering(leaf)) this.state.loadMemory(id, null);
    }
  }

  /** All that has changed is being stored. */
  committed(held: { has(id: string): boolean }): void {
    this.#dropped.clear();
    this.#wanted = new Map();
    for (const [position, { id }] of this.#bodies) if (!held.has(id)) this.#bodies.delete(position);
  }

  #wantedOf(event: ReadEvent): Wanted[] {
    let found = this.#wanted.get(event.position);
    if (found === undefined) {
      found = this.watched.wanted(event);
      this.#wanted.set(event.position, found);
    }
    return found;
  }

  #isMember(triggerId: string): boolean {
    const watched = this.watched.leaf(triggerId);
    return watched !== undefined && watched.leaf.parent !== null;
  }

  #rememberingOf(triggerId: string): string[] {
    const watched = this.watched.leaf(triggerId);
    return watched === undefined ? [] : remembering(watched.leaf);
  }

  async #loadBuckets(places: readonly Place[]): Promise<void> {
    this.#loaded += places.length;
    const stored = places.filter(({ triggerId }) => !this.#dropped.has(triggerId));
    for (const { triggerId, keyText, bucket } of await readBuckets(this.db, stored))
      this.state.load(triggerId, keyText, bucket);
    for (const { triggerId, keyText } of places) this.state.load(triggerId, keyText, null);
  }

  async #loadMemories(triggerIds: readonly string[]): Promise<void> {
    const missing = triggerIds.filter((id) => !this.state.knowsMemory(id));
    const stored = missing.filter((id) => !this.#dropped.has(id));
    for (const { triggerId, memory } of await readMemories(this.db, stored))
      this.state.loadMemory(triggerId, memory);
    for (const id of missing) this.state.loadMemory(id, null);
  }
}
