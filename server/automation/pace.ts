/** Lets long work of this thread give way to others, and end early. */
export class Pace {
  #sliceEnd = performance.now() + longestSlice;

  /** @param check called at every slice; what it throws ends the work */
  constructor(readonly check: () => void) {}

  /** Whether others have waited long enough: then `yield` is to be awaited. Cheap, to be asked often. */
  get isDue(): boolean {
    return performance.now() >= this.#sliceEnd;
  }

  /** Goes through with what gives way, and gives way where it is due. */
  async through<Result>(steps: Generator<undefined, Result>): Promise<Result> {
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      if (this.isDue) await this.yield();
    }
  }

  async yield(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.check();
    this.#sliceEnd = performance.now() + longestSlice;
  }
}

/** Milliseconds. */
const longestSlice = 5;
