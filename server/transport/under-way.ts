/** Counts what is being executed, whether or not anybody waits for its result any more. */
export class UnderWay {
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Executes it, and counts it until its result is there. */
  run<Result>(execute: () => Result | Promise<Result>): Result | Promise<Result> {
    const result = execute();
    if (!(result instanceof Promise)) return result;
    this.#count += 1;
    return result.finally(() => {
      this.#count -= 1;
    });
  }
}
