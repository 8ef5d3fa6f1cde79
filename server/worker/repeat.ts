/** A piece of background work that is done again and again until it is closed. */
export interface Worker {
  /** Ends it after what it is doing now. */
  close(): Promise<void>;
}

/**
 * Does `work` at once and then after as many milliseconds as it answers, or as `every` says. What it throws is told and
 * does not end it.
 */
export function repeat(
  every: number,
  work: () => Promise<number | undefined>,
  report: (cause: unknown) => void,
): Worker & { now(): void } {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let again = false;
  let doing: Promise<void> | undefined;

  function run(): void {
    clearTimeout(timer);
    if (doing !== undefined) {
      again = true;
      return;
    }
    doing = work()
      .catch((cause: unknown) => {
        report(cause);
        return undefined;
      })
      .then((next) => {
        doing = undefined;
        if (closed) return;
        if (again) {
          again = false;
          run();
        } else timer = setTimeout(run, Math.min(Math.max(next ?? every, 0), every));
      });
  }

  run();
  return {
    now: () => {
      if (!closed) run();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await doing;
    },
  };
}
