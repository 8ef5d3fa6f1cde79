import { byCodePoint } from "../code-points.ts";

/** What is due on the evaluation clock: a window, or (where the key is null) a metric. */
export interface Due {
  readonly at: number;
  readonly triggerId: string;
  readonly key: { readonly values: readonly string[]; readonly text: string } | null;
  /** The automation's and the leaf's place, by which what is due at one instant is ordered. */
  readonly order: number;
  readonly place: number;
}

/** A binary heap, the first due at its top. */
export class DueHeap {
  readonly #items: Due[] = [];

  first(): Due | undefined {
    return this.#items[0];
  }

  push(due: Due): void {
    const items = this.#items;
    let index = items.length;
    items.push(due);
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || before(parent, due)) break;
      items[index] = parent;
      index = above;
    }
    items[index] = due;
  }

  pop(): Due | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined || items.length === 0) return first;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const [a, b] = [items[left], items[left + 1]];
      if (a === undefined) break;
      const [child, childIndex] = b !== undefined && before(b, a) ? [b, left + 1] : [a, left];
      if (before(last, child)) break;
      items[index] = child;
      index = childIndex;
    }
    items[index] = last;
    return first;
  }
}

/** By (instant, the trigger's place, key). */
function before(a: Due, b: Due): boolean {
  const difference = a.at - b.at || a.order - b.order || a.place - b.place;
  return difference === 0 ? keyBefore(a, b) : difference < 0;
}

function keyBefore(a: Due, b: Due): boolean {
  const values = b.key?.values ?? [];
  for (const [index, value] of (a.key?.values ?? []).entries()) {
    const difference = byCodePoint(value, values[index] ?? "");
    if (difference !== 0) return difference < 0;
  }
  return false;
}
