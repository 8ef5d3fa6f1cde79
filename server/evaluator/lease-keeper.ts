import type pg from "pg";
import { downtimeSeconds, leaseSeconds, partition } from "./lease.ts";

const interval = 1_000; // milliseconds

/** Renews a lease every second, over a connection of its own, until it is lost or closed. */
export class LeaseKeeper {
  readonly #timer: NodeJS.Timeout;
  #client: pg.Client | undefined;
  #renewing: Promise<void> | undefined;
  #renewed = performance.now();
  #ended = false;

  constructor(
    private readonly options: {
      epoch: number;
      connect: () => Promise<pg.Client>;
      /** Told once when it can no longer be renewed. */
      onLost: () => void;
      report: (what: string, cause: unknown) => void;
    },
  ) {
    this.#timer = setInterval(() => this.#tick(), interval);
  }

  async close(): Promise<void> {
    this.#ended = true;
    clearInterval(this.#timer);
    await this.#renewing;
    await this.#client?.end().catch(() => undefined);
  }

  #tick(): void {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
  }

  async #renew(): Promise<void> {
    try {
      this.#client ??= await this.#open();
      const { rowCount } = await this.#client.query(
        `UPDATE evaluator SET lease_until = clock_timestamp() + $1 * interval '1 second'
         WHERE partition = $2 AND epoch = $3 AND lease_until > clock_timestamp() - $4 * interval '1 second'`,
        [leaseSeconds, partition, this.options.epoch, downtimeSeconds],
      );
      if (rowCount === 0) this.#lose();
      else this.#renewed = performance.now();
    } catch (cause) {
      this.#client = undefined;
      this.options.report("renewing the lease of the evaluator", cause);
      if (performance.now() - this.#renewed > downtimeSeconds * 1000) this.#lose();
    }
  }

  async #open(): Promise<pg.Client> {
    const client = await this.options.connect();
    // A query under way rejects with it as well.
    client.on("error", () => {
      if (this.#client === client) this.#client = undefined;
    });
    return client;
  }

  #lose(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#timer);
    this.options.onLost();
  }
}
