import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startEmbedded } from "../../server/postgres/embedded.ts";
import { migrate } from "../../server/postgres/migrate.ts";

/** The built server in a process of its own, on a database of its own. */
export interface BenchServer {
  url: string;
  databaseUrl: string;
  stop(): Promise<void>;
}

const root = path.join(import.meta.dirname, "../..");

export async function startServer(): Promise<BenchServer> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "antiphon-bench-"));
  const postgres = await startEmbedded({ dataDir });
  await migrate(postgres.url, path.join(root, "prisma/migrations"));
  const child = spawn(process.execPath, [path.join(root, "server/dist/main.js")], {
    env: { ...process.env, NODE_ENV: "production", HOST: "127.0.0.1", PORT: "0", DATABASE_URL: postgres.url },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await addressOf(child);
  return {
    url,
    databaseUrl: postgres.url,
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What it prints when it is ready names its API. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    child.once("exit", (code) => reject(new Error(`the server ended (${code}):\n${printed}`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk;
      const found = /API +(http\S+)/.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
}
