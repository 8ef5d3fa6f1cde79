/** Webhooks that are remembered before full buckets are dropped. */
const mostBuckets = 10_000;
/** Seconds' worth of requests that may come at once. */
const burstSeconds = 2;

/** How many requests each webhook may take: a bucket of tokens for each, filled at its rate. */
export class RateLimits {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  /** @param clock milliseconds */
  constructor(private readonly clock: () => number = () => performance.now()) {}

  /**
   * Takes a token.
   *
   * @param rate tokens a second
   * @returns 0, or, where there is none, the seconds after which there is one
   */
  take(id: string, rate: number): number {
    const now = this.clock();
    const most = Math.max(1, rate * burstSeconds);
    const bucket = this.#buckets.get(id) ?? { tokens: most, at: now };
    bucket.tokens = Math.min(most, bucket.tokens + ((now - bucket.at) / 1000) * rate);
    bucket.at = now;
    if (!this.#buckets.has(id)) this.#add(id, bucket, now);
    if (bucket.tokens < 1) return (1 - bucket.tokens) / rate;
    bucket.tokens--;
    return 0;
  }

  #add(id: string, bucket: { tokens: number; at: number }, now: number): void {
    if (this.#buckets.size >= mostBuckets)
      for (const [other, { at }] of this.#buckets) if (now - at > 60_000) this.#buckets.delete(other);
    this.#buckets.set(id, bucket);
  }
}
