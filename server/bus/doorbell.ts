import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { Topic } from "./topic.ts";

const channel = "antiphon";
/** Postgres takes payloads below 8,000 bytes; what does not fit is sent as "all". */
const maxPayload = 7_500;
const gap = 5; // milliseconds between two NOTIFY
const longestPause = 5_000; // milliseconds between two attempts to connect

interface DoorbellOptions {
  connect(): Promise<pg.Client>;
  heard(topics: Topic[] | "all"): void;
  log(message: string, cause?: unknown): void;
}

/** Rings the other servers on the database, and hears them, over one connection that is opened again when lost. */
export class Doorbell {
  /** Its own notifications come back too and are known by this. */
  readonly #sender = randomUUID().slice(0, 8);
  readonly #options: DoorbellOptions;
  #client: pg.Client | undefined;
  #pending = new Set<Topic>();
  #lost = false;
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<unknown> = Promise.resolve();
  #closed = false;
  #reconnect: NodeJS.Timeout | undefined;
  #lastSent = 0;
  #connecting: Promise<void>;
  #whenConnected: (() => void)[] = [];

  constructor(options: DoorbellOptions) {
    this.#options = options;
    this.#connecting = this.#connect(0);
  }

  /** Waits until it hears the others. */
  async connected(): Promise<void> {
    if (this.#client === undefined) await new Promise<void>((resolve) => this.#whenConnected.push(resolve));
  }

  ring(topics: Topic[]): void {
    if (this.#closed) return;
    for (const topic of topics) this.#pending.add(topic);
    this.#sendSoon();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#reconnect);
    await Promise.all([this.#connecting, this.#sending]);
    const client = this.#client;
    if (client === undefined) return;
    if (this.#pending.size > 0) await this.#notify(client).catch(() => undefined);
    this.#client = undefined;
    await client.end().catch(() => undefined);
  }

  #sendSoon(): void {
    if (this.#client === undefined || this.#timer !== undefined || this.#closed) return;
    const due = this.#lastSent + gap - performance.now();
    this.#timer = setTimeout(() => this.#send(), Math.max(0, due));
  }

  #send(): void {
    const client = this.#client;
    if (client === undefined) return;
    // The timer stays set until the answer is there: one NOTIFY at a time.
    this.#sending = this.#notify(client).then(
      () => {
        this.#timer = undefined;
        if (this.#pending.size > 0) this.#sendSoon();
      },
      (error: unknown) => this.#lose(client, error),
    );
  }

  async #notify(client: pg.Client): Promise<void> {
    const topics = this.#pending;
    this.#pending = new Set();
    this.#lastSent = performance.now();
    const text = [...topics].join(" ");
    const payload = `${this.#sender} ${text.length > maxPayload ? "all" : text}`;
    try {
      await client.query("SELECT pg_notify($1, $2)", [channel, payload]);
    } catch (error) {
      for (const topic of topics) this.#pending.add(topic);
      throw error;
    }
  }

  async #connect(attempt: number): Promise<void> {
    let client: pg.Client | undefined;
    try {
      client = await this.#options.connect();
      const opened = client;
      opened.on("error", (error) => this.#lose(opened, error));
      opened.on("end", () => this.#lose(opened));
      opened.on("notification", (message) => this.#hear(message.payload ?? ""));
      // What rings is not kept: it need not wait for the disk.
      await opened.query(`SET synchronous_commit = off; LISTEN ${channel}`);
      if (this.#closed) return void (await opened.end());
      this.#client = opened;
    } catch (error) {
      await client?.end().catch(() => undefined);
      this.#retry(attempt, error);
      return;
    }
    for (const resolve of this.#whenConnected.splice(0)) resolve();
    if (this.#lost) this.#options.log("The connection that listens to the other servers is back.");
    // Before it listened, others may have rung unheard.
    this.#options.heard("all");
    this.#lost = false;
    if (this.#pending.size > 0) this.#sendSoon();
  }

  #hear(payload: string): void {
    const [sender, ...topics] = payload.split(" ");
    if (sender === this.#sender) return;
    // Whoever rings in another version's words wakes nobody, which is harmless.
    this.#options.heard(topics[0] === "all" ? "all" : (topics as Topic[]));
  }

  #lose(client: pg.Client, cause?: unknown): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void client.end().catch(() => undefined);
    this.#retry(0, cause);
  }

  #retry(attempt: number, cause: unknown): void {
    if (this.#closed) return;
    if (!this.#lost)
      this.#options.log("The connection that listens to the other servers is lost; trying again.", cause);
    this.#lost = true;
    const pause = Math.min(longestPause, 100 * 2 ** attempt);
    this.#reconnect = setTimeout(() => {
      this.#connecting = this.#connect(attempt + 1);
    }, pause);
    this.#reconnect.unref();
  }
}
