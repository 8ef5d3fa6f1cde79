/** What is counted and ordered anew in each attempt of a run in one execution. */
export class Attempt {
  readonly #counts = new Map<string, number>();
  #lastQuestion: Promise<unknown> = Promise.resolve();
  /** The tasks and subflows that run now. */
  readonly running = new Set<Promise<unknown>>();

  constructor(
    readonly number: number,
    /** Whether an earlier execution of this attempt may have stored results. */
    readonly rerun: boolean,
  ) {}

  /** 1 at the first call with this name, 2 at the second, … */
  count(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    return count;
  }

  /** Asks one question at a time, in the order of the calls; the next begins when the one before has ended. */
  oneAtATime<T>(ask: () => Promise<T>): Promise<T> {
    const turn = this.#lastQuestion.then(ask, ask);
    this.#lastQuestion = turn.catch(() => undefined);
    return turn;
  }

  /** Remembers what runs until it has ended. */
  track<T>(work: Promise<T>): Promise<T> {
    this.running.add(work);
    const forget = () => this.running.delete(work);
    work.then(forget, forget);
    return work;
  }
}
