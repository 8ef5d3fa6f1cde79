import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import path from "node:path";
import pg from "pg";
import { startPostgres } from "../postgres/start-postgres.ts";

const main = path.join(import.meta.dirname, "../../server/dist/main.js");

/** The built server on a database of its own, as `npm start` runs it. */
export interface Served {
  origin: string;
  url: string;
  database: pg.Pool;
  /** Stops the server, so that the database can be filled, and starts it again. */
  without(work: () => Promise<void>): Promise<void>;
  /** Kills the server where it stands, and starts it again. */
  kill(): Promise<void>;
  /** What the server's process has used: seconds of processor time, and resident memory in MiB. */
  usage(): { cpu: number; memory: number };
  stop(): Promise<void>;
}

/** @param env more than this process has */
export async function startServed(env: Record<string, string> = {}): Promise<Served> {
  const postgres = await startPostgres();
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const start = () => startServer({ ...env, PORT: String(port), DATABASE_URL: postgres.url }, origin);
  let server = await start();
  const database = new pg.Pool({ connectionString: postgres.url });
  database.on("error", ({ message }) => console.error(`A connection to the database was lost: ${message}`));
  return {
    origin,
    url: `${origin}/graphql`,
    database,
    async without(work) {
      await end(server);
      await work();
      server = await start();
    },
    async kill() {
      await end(server, "SIGKILL");
      server = await start();
    },
    usage: () => usageOf(server.pid ?? 0),
    async stop() {
      await end(server);
      await database.end();
      await postgres.stop();
    },
  };
}

async function startServer(env: Record<string, string>, origin: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, HOST: "127.0.0.1", ANTIPHON_PARENT_WATCH: "1", ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
  while (!(await isReady(origin))) {
    if (child.exitCode !== null) throw new Error("the server did not start");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on TCP
  server.close();
  await once(server, "close");
  return port;
}

async function isReady(origin: string): Promise<boolean> {
  return fetch(`${origin}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function end(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

/** Linux counts processor time in hundredths of a second. */
function usageOf(pid: number): { cpu: number; memory: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) / 100,
    memory: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
  };
}

/** Asks the API; throws with its errors. */
export async function ask<Data>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Data> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  // What a GraphQL server answers; the data's type is the caller's promise.
  const answer = (await response.json()) as { data: Data; errors?: { message: string }[] };
  if (answer.errors !== undefined) throw new Error(answer.errors.map(({ message }) => message).join("; "));
  return answer.data;
}

/** Creates the automation of a document. @returns its id */
export async function apply(url: string, document: object): Promise<string> {
  const { applyAutomation } = await ask<{ applyAutomation: { id?: string; message?: string } }>(
    url,
    "mutation ($document: JSON!) { applyAutomation(document: $document) { ... on Automation { id } ... on Error { message } } }",
    { document },
  );
  if (applyAutomation.id === undefined) throw new Error(applyAutomation.message);
  return applyAutomation.id;
}

export async function emit(url: string, events: readonly object[]): Promise<void> {
  await ask(
    url,
    "mutation ($events: [EventInput!]!) { emitEvents(events: $events) { results { __typename } } }",
    { events },
  );
}

export function quantile(values: readonly number[], share: number): number {
  return (
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
    Number.NaN
  );
}
