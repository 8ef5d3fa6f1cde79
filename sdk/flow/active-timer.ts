import { after } from "../timer/after.ts";

/** A time limit that stands still while somebody is waited for. */
export class ActiveTimer {
  /** Undefined while it stands still. */
  #end: (() => void) | undefined;
  #startedAt = 0;
  #leftMs: number;
  /** How many waits it stands still for. */
  #waits = 0;
  #lifted = false;
  readonly #expired: () => void;

  constructor(seconds: number, expired: () => void) {
    this.#leftMs = seconds * 1000;
    this.#expired = expired;
    this.#run();
  }

  /** A wait has begun (true) or ended (false). It goes on when all have ended. */
  standStill(waiting: boolean): void {
    if (waiting) this.#halt();
    this.#waits = Math.max(0, this.#waits + (waiting ? 1 : -1));
    if (this.#waits === 0 && !this.#lifted) this.#run();
  }

  lift(): void {
    this.#lifted = true;
    this.#halt();
  }

  #run(): void {
    if (this.#end) return;
    this.#startedAt = performance.now();
    this.#end = after(this.#leftMs / 1000, this.#expired);
  }

  #halt(): void {
    if (!this.#end) return;
    this.#end();
    this.#end = undefined;
    this.#leftMs -= performance.now() - this.#startedAt;
  }
}
