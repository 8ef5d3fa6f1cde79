import type { Bucket } from "./bucket.ts";
import { type Due, DueHeap } from "./due-heap.ts";
import type { Memory } from "./memory.ts";
import type { StateChange, StateReader } from "./state.ts";
import type { WatchedLeaf } from "./watches.ts";

/** What is due, and what it belongs to. */
export interface DueLeaf extends Due, WatchedLeaf {}

/** One row as it is here; `stored`: as it was when it was loaded or its change was last asked for. */
interface Entry<Value> {
  value: Value | null;
  stored: Value | null;
  /** For when it lies in the heap; not after it is due. */
  queuedAt: number | null;
}

export interface TriggerStateOptions {
  /** What a trigger id belongs to; undefined where it is no longer watched. */
  readonly leaf: (triggerId: string) => WatchedLeaf | undefined;
  /** Whether what is not here does not exist. Else it must be loaded before it is read. */
  readonly complete: boolean;
}

/**
 * The state of triggers that is at hand: it answers evaluations, takes their changes, and knows what is due next of what it holds. Whoever
 * stores it writes `changes()` and loads what is needed next.
 */
export class TriggerState implements StateReader {
  readonly #buckets = new Map<string, Map<string, Entry<Bucket>>>();
  readonly #memories = new Map<string, Entry<Memory>>();
  readonly #heap = new DueHeap();
  readonly #changed = new Map<Entry<Bucket> | Entry<Memory>, () => StateChange>();

  constructor(readonly options: TriggerStateOptions) {}

  bucket(triggerId: string, keyText: string): Bucket | null {
    const entry = this.#buckets.get(triggerId)?.get(keyText);
    if (entry === undefined) return this.#missing(`the bucket ${keyText} of trigger ${triggerId}`);
    return entry.value;
  }

  memory(triggerId: string): Memory | null {
    const entry = this.#memories.get(triggerId);
    return entry === undefined ? this.#missing(`the memory of trigger ${triggerId}`) : entry.value;
  }

  knows(triggerId: string, keyText: string): boolean {
    return this.#buckets.get(triggerId)?.has(keyText) ?? false;
  }

  knowsMemory(triggerId: string): boolean {
    return this.#memories.has(triggerId);
  }

  /** A bucket as it is stored; null where there is none. What is known already stays. */
  load(triggerId: string, keyText: string, bucket: Bucket | null): void {
    if (this.knows(triggerId, keyText)) return;
    this.#enqueue(triggerId, keyText, this.#file(triggerId, keyText, bucket));
  }

  loadMemory(triggerId: string, memory: Memory | null): void {
    if (this.knowsMemory(triggerId)) return;
    const entry = { value: memory, stored: memory, queuedAt: null };
    this.#memories.set(triggerId, entry);
    this.#enqueue(triggerId, null, entry);
  }

  apply(change: StateChange): void {
    const { triggerId } = change;
    if (change.kind === "bucket") {
      const { keyText, bucket } = change;
      const entry = this.#buckets.get(triggerId)?.get(keyText) ?? this.#file(triggerId, keyText, null);
      entry.value = bucket;
      this.#changed.set(entry, () => ({ kind: "bucket", triggerId, keyText, bucket: entry.value }));
      this.#enqueue(triggerId, keyText, entry);
    } else {
      const entry = this.#memories.get(triggerId) ?? { value: null, stored: null, queuedAt: null };
      entry.value = change.memory;
      this.#memories.set(triggerId, entry);
      this.#changed.set(entry, () => ({ kind: "memory", triggerId, memory: entry.value }));
      this.#enqueue(triggerId, null, entry);
    }
  }

  /** Forgets a trigger that is gone; what is stored of it is not this one's to delete. */
  dropTrigger(triggerId: string): void {
    for (const entry of this.#buckets.get(triggerId)?.values() ?? []) this.#changed.delete(entry);
    const memory = this.#memories.get(triggerId);
    if (memory !== undefined) this.#changed.delete(memory);
    this.#buckets.delete(triggerId);
    this.#memories.delete(triggerId);
  }

  /** How the rows that differ from what is stored are now, each once. They count as stored from here on. */
  changes(): StateChange[] {
    const changes: StateChange[] = [];
    for (const [entry, change] of this.#changed) {
      if (entry.value !== entry.stored) changes.push(change());
      entry.stored = entry.value;
    }
    this.#changed.clear();
    return changes;
  }

  /** When the first of all that is at hand and watched is due, on the evaluation clock; null where nothing ever is. */
  nextDueAt(): number | null {
    return this.#first()?.at ?? null;
  }

  /** What is due then. */
  nextDue(): DueLeaf | null {
    const due = this.#first();
    const watched = due === null ? undefined : this.options.leaf(due.triggerId);
    return due === null || watched === undefined ? null : { ...watched, ...due };
  }

  #missing(what: string): null {
    if (this.options.complete) return null;
    throw new Error(`${what} was not loaded before it was needed`);
  }

  #file(triggerId: string, keyText: string, bucket: Bucket | null): Entry<Bucket> {
    const entry = { value: bucket, stored: bucket, queuedAt: null };
    const buckets = this.#buckets.get(triggerId);
    if (buckets === undefined) this.#buckets.set(triggerId, new Map([[keyText, entry]]));
    else buckets.set(keyText, entry);
    return entry;
  }

  /** The top of the heap, once all that has changed since it was filed has been taken from there. */
  #first(): Due | null {
    for (let due = this.#heap.first(); due !== undefined; due = this.#heap.first()) {
      const entry = this.#entry(due);
      const at = entry?.value?.dueAt ?? null;
      if (at === due.at && entry?.queuedAt === at && this.options.leaf(due.triggerId) !== undefined)
        return due;
      this.#heap.pop();
      if (entry?.queuedAt !== due.at) continue;
      entry.queuedAt = null;
      this.#enqueue(due.triggerId, due.key?.text ?? null, entry);
    }
    return null;
  }

  #entry(due: Due): Entry<Bucket> | Entry<Memory> | undefined {
    return due.key === null
      ? this.#memories.get(due.triggerId)
      : this.#buckets.get(due.triggerId)?.get(due.key.text);
  }

  /** Files it in the heap, unless it lies there for an earlier instant: then it is filed again when that has come. */
  #enqueue(triggerId: string, keyText: string | null, entry: Entry<Bucket> | Entry<Memory>): void {
    const at = entry.value?.dueAt ?? null;
    if (at === null || (entry.queuedAt !== null && entry.queuedAt <= at)) return;
    const watched = this.options.leaf(triggerId);
    if (watched === undefined) return;
    entry.queuedAt = at;
    // The text is the JSON that touches() made of a list of texts.
    const key = keyText === null ? null : { text: keyText, values: JSON.parse(keyText) as string[] };
    this.#heap.push({ at, triggerId, key, order: watched.watch.order, place: watched.leaf.place });
  }
}
