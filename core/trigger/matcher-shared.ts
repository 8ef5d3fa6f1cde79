/** One of all that have the same key, so that what thousands have in common is at hand when it is read. */
export class SharedByKey<Thing> {
  readonly #shared = new Map<string, { readonly thing: Thing; uses: number }>();

  /** The one in use, or else this one; to be given up as often as it is shared. */
  share(key: string, thing: Thing): Thing {
    const known = this.#shared.get(key);
    if (known === undefined) this.#shared.set(key, { thing, uses: 1 });
    else known.uses += 1;
    return known?.thing ?? thing;
  }

  giveUp(key: string): void {
    const known = this.#shared.get(key);
    if (known === undefined) return;
    known.uses -= 1;
    if (known.uses === 0) this.#shared.delete(key);
  }
}
