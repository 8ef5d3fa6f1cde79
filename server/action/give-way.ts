/** How long actions wait for one burst at most, in milliseconds: what fires without end does not hold them up for good. */
const patience = 3_000;

/**
 * Actions that begin while the evaluator of the same process stores a great many firings wait until it is through: the two would share one
 * database, and whoever has just fired would make the rest fire late.
 */
export class GiveWay {
  #burst: { readonly over: Promise<void>; end(): void } | null = null;

  /** The evaluator is, or is no longer, storing more firings than one portion holds. */
  set burst(on: boolean) {
    if (!on) {
      this.#burst?.end();
      this.#burst = null;
    } else this.#burst ??= endsAfter(patience);
  }

  /** Resolves when an action may begin. */
  turn(): Promise<void> {
    return this.#burst?.over ?? Promise.resolve();
  }
}

function endsAfter(milliseconds: number): { over: Promise<void>; end(): void } {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const timer = setTimeout(end, milliseconds);
  return {
    over,
    end() {
      clearTimeout(timer);
      end();
    },
  };
}
