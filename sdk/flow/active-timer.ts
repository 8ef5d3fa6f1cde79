import { after } from "../timer/after.ts";

/** A time limit that stands still while the run waits for an answer. */
export class ActiveTimer {
  /** Undefined while it stands still. */
  #end: (() => void) | undefined;
  #startedAt = 0;
  #leftMs: number;
  readonly #expired: () => void;

  constructor(seconds: number, expired: () => void) {
    this.#leftMs = seconds * 1000;
    this.#expired = expired;
    this.go();
  }

  go(): void {
    if (this.#end) return;
    this.#startedAt = performance.now();
    this.#end = after(this.#leftMs / 1000, this.#expired);
  }

  standStill(): void {
    if (!this.#end) return;
    this.#end();
    this.#end = undefined;
    this.#leftMs -= performance.now() - this.#startedAt;
  }
}
