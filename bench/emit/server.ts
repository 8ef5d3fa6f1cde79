import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { startPostgres } from "../postgres/start-postgres.ts";

/** The built server in a process of its own, on a database of its own. */
export interface BenchServer {
  url: string;
  databaseUrl: string;
  stop(): Promise<void>;
}

const main = path.join(import.meta.dirname, "../../server/dist/main.js");

export async function startServer(): Promise<BenchServer> {
  const postgres = await startPostgres();
  const child = spawn(process.execPath, [main], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: "0",
      DATABASE_URL: postgres.url,
      ANTIPHON_PARENT_WATCH: "1",
    },
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
