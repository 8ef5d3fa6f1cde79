/** A time limit that stands still while the run waits for an answer. */
export class ActiveTimer {
  #timer: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #leftMs: number;
  readonly #expired: () => void;

  constructor(seconds: number, expired: () => void) {
    this.#leftMs = seconds * 1000;
    this.#expired = expired;
    this.go();
  }

  go(): void {
    if (this.#timer) return;
    this.#startedAt = performance.now();
    this.#timer = setTimeout(this.#expired, Math.max(0, this.#leftMs));
  }

  standStill(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#leftMs -= performance.now() - this.#startedAt;
  }
}
