import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { installJobs } from "../../server/action/jobs.ts";
import { startEmbedded } from "../../server/postgres/embedded.ts";
import { migrate } from "../../server/postgres/migrate.ts";
import { isAlive, runningPostmaster } from "../../server/postgres/postmaster.ts";
import { prepare } from "../../setup/prepare.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** The template that each test file's database is cloned from. */
    templateDatabase: { serverUrl: string; name: string };
  }
}

/**
 * Starts one Postgres for the whole run (or uses TEST_DATABASE_URL) and migrates the template that
 * `createTestDatabase` clones. What renders templates, and the flows, are built where they are not.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await prepare(["templates", "flows"]);
  const server = await startServer();
  const name = `antiphon_test_${randomBytes(4).toString("hex")}`;
  await withClient(server.url, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  await migrate(url.href, path.join(import.meta.dirname, "../../prisma/migrations"));
  await installJobs(url.href);
  project.provide("templateDatabase", { serverUrl: server.url, name });
  return async () => {
    await withClient(server.url, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    await server.stop();
  };
}

const prefix = "antiphon-test-";

/** Ends and removes what runs that were killed left behind; the folder's name has the run's process id. */
async function sweep(): Promise<void> {
  for (const name of await readdir(os.tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split("-")[0]) : Number.NaN;
    if (!Number.isInteger(pid) || isAlive(pid)) continue;
    const folder = path.join(os.tmpdir(), name);
    const postmaster = runningPostmaster(path.join(folder, "postgres-18", "data"));
    if (postmaster !== null) process.kill(postmaster.pid, "SIGQUIT");
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function startServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== "") return { url: given, stop: async () => undefined };
  await sweep();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), `${prefix}${process.pid}-`));
  await chmod(dataDir, 0o711); // where root has no user namespaces, Postgres is somebody else
  const settings = {
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    max_connections: "300",
    shared_buffers: "64MB",
  };
  const postgres = await startEmbedded({ dataDir, durable: false, settings });
  const stop = async () => {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { url: postgres.url, stop };
}

async function withClient(url: string, run: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}
