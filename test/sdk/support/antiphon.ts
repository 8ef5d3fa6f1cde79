import { afterAll, beforeAll } from "vitest";
import { type App, buildApp } from "../../../server/app.ts";
import type { Context } from "../../../server/context.ts";
import { readSettings } from "../../../server/env.ts";
import { schema } from "../../../server/graphql/schema.ts";
import { startWorkers } from "../../../server/worker/start-workers.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { freePort } from "../../support/free-port.ts";
import { openPatiently, patientEnv } from "../../support/wire.ts";

/** A whole server, with its workers, that the SDK of this process talks to; it may be stopped and started again. */
export class Antiphon {
  app: App | undefined;
  /** What the server's verbs are called with, while it runs. */
  context: Context | undefined;
  readonly #started: { close(): Promise<unknown> }[] = [];
  #database: TestDatabase | undefined;
  #port = 0;
  /** What the servers reported instead of telling it to clients. */
  readonly reports: { what: string; cause: unknown }[] = [];

  constructor(readonly env: Record<string, string> = {}) {}

  get url(): string {
    return `http://127.0.0.1:${this.#port}/graphql`;
  }

  async start(): Promise<void> {
    this.#database ??= await createTestDatabase();
    const settings = readSettings({ ...patientEnv, PORT: "0", ...this.env });
    const report = (what: string, cause: unknown) => void this.reports.push({ what, cause });
    const opened = await openPatiently(this.#database.url, settings, report);
    const { context } = opened;
    const workers = await startWorkers({ ...context, actor: { kind: "system" } }, report);
    const app = buildApp({ schema, context, report });
    this.#port = await app.listen(settings.host, this.#port || (await freePort()));
    settings.publicUrl = `http://127.0.0.1:${this.#port}`;
    app.setReady();
    this.app = app;
    this.context = { ...context, actor: { kind: "system" } };
    this.#started.push(opened, workers, app);
    process.env.ANTIPHON_API_URL = this.url;
  }

  async stop(): Promise<void> {
    for (const one of this.#started.splice(0).reverse()) await one.close();
    this.app = undefined;
    this.context = undefined;
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
