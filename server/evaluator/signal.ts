import type { Wake } from "../bus/bus.ts";

/** A wake that one may also wait for with a time limit. */
export class Signal {
  #raised = false;
  #waiter: (() => void) | undefined;
  readonly #listening: Promise<void>;

  constructor(private readonly wake: Wake) {
    this.#listening = this.#listen();
  }

  /** Waits until it was rung since the last wait, or so many milliseconds. */
  async wait(milliseconds: number): Promise<void> {
    if (!this.#raised) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#waiter = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#waiter = undefined;
    }
    this.#raised = false;
  }

  ring(): void {
    this.#raised = true;
    this.#waiter?.();
  }

  /** Ends the wake and whoever waits. */
  async close(): Promise<void> {
    this.wake.close();
    this.ring();
    await this.#listening;
  }

  async #listen(): Promise<void> {
    while (await this.wake.next()) this.ring();
  }
}
