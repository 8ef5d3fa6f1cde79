interface Piece<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(cause: unknown): void;
}

/** Pieces of work that wait are done together, one bundle at a time: the more there is to do, the less each costs. */
export class Together<Item, Result> {
  readonly #waiting: Piece<Item, Result>[] = [];
  #working = false;

  /**
   * @param most pieces of one bundle
   * @param work does all of a bundle or nothing, and answers a result for each, in their order
   */
  constructor(
    private readonly most: number,
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
  ) {}

  /** @throws what the work throws for this piece alone: one that cannot be done harms no other */
  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      void this.#workAll();
    });
  }

  async #workAll(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    // Whoever comes in the same turn of the event loop is in the same bundle.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#workOn(this.#waiting.splice(0, this.most));
    this.#working = false;
  }

  async #workOn(bundle: readonly Piece<Item, Result>[]): Promise<void> {
    try {
      const results = await this.work(bundle.map(({ item }) => item));
      // One result for each, in their order.
      for (const [index, { resolve }] of bundle.entries()) resolve(results[index] as Result);
    } catch (cause) {
      if (bundle.length === 1) bundle[0]?.reject(cause);
      else for (const one of bundle) await this.#workOn([one]);
    }
  }
}
