/** The request to stop serving: SIGINT, SIGTERM or an AbortSignal. */
export interface StopRequest {
  /** Resolves at the first request. */
  promise: Promise<void>;
  /** Aborted by a second signal of the terminal: whoever stops has lost patience. */
  insisted: AbortSignal;
  /** Leaves the signals to others again. */
  forget(): void;
}

export function untilAsked(signal: AbortSignal | null): StopRequest {
  const insisted = new AbortController();
  let ask: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    ask = resolve;
  });
  let asked = false;
  const hear = () => {
    if (asked) insisted.abort();
    asked = true;
    ask();
  };
  process.on("SIGINT", hear);
  process.on("SIGTERM", hear);
  if (signal?.aborted) ask();
  signal?.addEventListener("abort", ask);
  return {
    promise,
    insisted: insisted.signal,
    forget() {
      process.off("SIGINT", hear);
      process.off("SIGTERM", hear);
      signal?.removeEventListener("abort", ask);
    },
  };
}
