import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { patientEnv } from "../../support/wire.ts";
import { Program } from "./program.ts";

const root = path.join(import.meta.dirname, "../../..");

/** A server as `npm start` starts it, in a process of its own, with a database of the test file's own. */
export class ServerProcess {
  /** Its API; known once it is ready. */
  url = "";
  #program: Program | undefined;
  #database: TestDatabase | undefined;
  #dataDir = "";

  async start(): Promise<void> {
    this.#database = await createTestDatabase();
    this.#dataDir = await mkdtemp(path.join(os.tmpdir(), "antiphon-examples-"));
    const program = new Program(
      spawn(process.execPath, ["--enable-source-maps", "server/dist/main.js"], {
        cwd: root,
        env: {
          ...process.env,
          ...patientEnv,
          NODE_ENV: "production",
          HOST: "127.0.0.1",
          PORT: "0",
          DATABASE_URL: this.#database.url,
          ANTIPHON_DATA_DIR: this.#dataDir,
          ANTIPHON_PARENT_WATCH: "1",
        },
      }),
    );
    this.#program = program;
    await program.says("Antiphon is ready.");
    this.url = /API\s+(\S+)/.exec(await program.says("GraphQL over HTTP"))?.[1] ?? "";
  }

  async stop(): Promise<void> {
    await this.#program?.stop();
    await this.#database?.drop();
    await rm(this.#dataDir, { recursive: true, force: true });
  }
}

/** The server of a test file. */
export function useServerProcess(): ServerProcess {
  const server = new ServerProcess();
  beforeAll(() => server.start());
  afterAll(() => server.stop());
  return server;
}
