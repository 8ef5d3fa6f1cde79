import type { Wake } from "./bus.ts";

/** A wake that remembers whether it was rung since somebody last looked. */
export class Flag implements Wake {
  #raised = false;
  #closed = false;
  #waiter: ((open: boolean) => void) | undefined;

  constructor(private readonly onClose: (flag: Flag) => void) {}

  ring(): void {
    if (this.#closed) return;
    if (this.#waiter === undefined) this.#raised = true;
    else this.#settle(true);
  }

  next(): Promise<boolean> {
    if (this.#closed) return Promise.resolve(false);
    if (this.#raised) {
      this.#raised = false;
      return Promise.resolve(true);
    }
    if (this.#waiter !== undefined)
      throw new Error("a wake has one caller at a time, and one is waiting already");
    return new Promise((resolve) => {
      this.#waiter = resolve;
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.onClose(this);
    this.#settle(false);
  }

  #settle(open: boolean): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    waiter?.(open);
  }
}
