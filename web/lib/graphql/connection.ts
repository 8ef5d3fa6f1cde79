/** How this page stands with the server. `epoch` counts the connections: it grows when one was made anew. */
export type Connection =
  | { phase: "connecting"; epoch: number }
  | { phase: "live"; epoch: number }
  | { phase: "offline"; since: number; epoch: number };

/** The one connection of the page, for everything that shows or needs it. */
export class ConnectionStore {
  #now: Connection = { phase: "connecting", epoch: 0 };
  readonly #listeners = new Set<() => void>();
  readonly #awaiting = new Set<() => void>();

  readonly read = (): Connection => this.#now;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  connected(): void {
    this.#set({ phase: "live", epoch: this.#now.epoch + 1 });
  }

  /** @param at milliseconds since 1970 */
  lost(at: number): void {
    if (this.#now.phase !== "offline") this.#set({ phase: "offline", since: at, epoch: this.#now.epoch });
  }

  /** Calls back whenever the server answers a request over HTTP. Gives what ends that. */
  onAnswer(listener: () => void): () => void {
    this.#awaiting.add(listener);
    return () => this.#awaiting.delete(listener);
  }

  /** The server has answered a request: it is there. */
  answered(): void {
    for (const listener of [...this.#awaiting]) listener();
  }

  #set(next: Connection): void {
    this.#now = next;
    for (const listener of this.#listeners) listener();
  }
}
