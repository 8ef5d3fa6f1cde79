import type { Condition } from "./matcher-way.ts";

/** One of all conditions that are the same, so that what thousands ask for is at hand when it is tried. */
export class SharedConditions {
  readonly #shared = new Map<string, { readonly condition: Condition; uses: number }>();

  /** The one in use, or else this one; to be given up as often as it is shared. */
  share(condition: Condition): Condition {
    const known = this.#shared.get(condition.key);
    if (known === undefined) this.#shared.set(condition.key, { condition, uses: 1 });
    else known.uses += 1;
    return known?.condition ?? condition;
  }

  giveUp({ key }: Condition): void {
    const known = this.#shared.get(key);
    if (known === undefined) return;
    known.uses -= 1;
    if (known.uses === 0) this.#shared.delete(key);
  }
}
