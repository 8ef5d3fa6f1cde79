import type { Leaf, Watch } from "./watch.ts";

/** A leaf and what it belongs to. */
export interface WatchedLeaf {
  readonly watch: Watch;
  readonly leaf: Leaf;
}

/** All that is watched, by the ids of the triggers that keep windows. */
export class Watches {
  readonly #leaves = new Map<string, WatchedLeaf>();

  add(watch: Watch): void {
    for (const leaf of watch.leaves) this.#leaves.set(leaf.trigger.id, { watch, leaf });
  }

  remove(watch: Watch): void {
    for (const { trigger } of watch.leaves) this.#leaves.delete(trigger.id);
  }

  leaf(triggerId: string): WatchedLeaf | undefined {
    return this.#leaves.get(triggerId);
  }
}
