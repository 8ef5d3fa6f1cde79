import { afterAll, beforeAll } from "vitest";
import { schema } from "../../../server/graphql/schema.ts";
import type { Worker } from "../../../server/worker/repeat.ts";
import { startWorkers } from "../../../server/worker/start-workers.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { startTestServer, type TestServer } from "../../support/wire.ts";

/** A whole server, with its workers, that the SDK of this process talks to; it may be stopped and started again. */
export class Antiphon {
  server: TestServer | undefined;
  #workers: Worker | undefined;
  #database: TestDatabase | undefined;
  #port = 0;
  /** What the servers reported instead of telling it to clients. */
  readonly reports: TestServer["reports"] = [];

  constructor(readonly env: Record<string, string> = {}) {}

  get url(): string {
    return `http://127.0.0.1:${this.#port}/graphql`;
  }

  async start(): Promise<void> {
    this.#database ??= await createTestDatabase();
    const { env } = this;
    this.server = await startTestServer({ schema, env, databaseUrl: this.#database.url, port: this.#port });
    this.server.reports.push = (...reports) => this.reports.push(...reports);
    this.#port = this.server.port;
    const { context } = this.server;
    this.#workers = await startWorkers({ ...context, actor: { kind: "system" } }, (what, cause) =>
      this.reports.push({ what, cause }),
    );
    process.env.ANTIPHON_API_URL = this.url;
  }

  async stop(): Promise<void> {
    await this.#workers?.close();
    await this.server?.close();
    this.server = undefined;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.#database?.drop();
  }
}

/** The server of a test file. What it reported without telling a client fails the file. */
export function useAntiphon(env: Record<string, string> = {}): Antiphon {
  const antiphon = new Antiphon(env);
  beforeAll(() => antiphon.start());
  afterAll(async () => {
    await antiphon.close();
    const [first] = antiphon.reports;
    if (first) throw new Error(`the server reported: ${first.what}`, { cause: first.cause });
  });
  return antiphon;
}
