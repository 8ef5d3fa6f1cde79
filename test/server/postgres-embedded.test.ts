import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startEmbedded } from "../../server/postgres/embedded.ts";
import { isAlive } from "../../server/postgres/postmaster.ts";

let dataDir: string;
let home: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), "antiphon-embedded-"));
  await chmod(dataDir, 0o711);
  home = path.join(dataDir, "postgres-18");
});

afterEach(async () => {
  const pid = await postmasterPid();
  if (pid !== null && isAlive(pid)) process.kill(pid, "SIGKILL");
  await rm(dataDir, { recursive: true, force: true });
});

const start = () => startEmbedded({ dataDir, durable: false });

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function postmasterPid(): Promise<number | null> {
  const text = await readFile(path.join(home, "data/postmaster.pid"), "utf8").catch(() => null);
  return text === null ? null : Number(text.split("\n")[0]);
}

async function runningPid(): Promise<number> {
  const pid = await postmasterPid();
  if (pid === null) throw new Error("no Postgres runs");
  return pid;
}

async function until(fact: () => boolean): Promise<void> {
  while (!fact()) await new Promise((resolve) => setTimeout(resolve, 5));
}

it("the first start makes a database that nobody enters without its password", async () => {
  const postgres = await start();
  expect(postgres.joined).toBe(false);
  expect(await query(postgres.url, "SELECT current_database() AS name, lower('ÄÖ') AS lower")).toEqual([
    { name: "antiphon", lower: "äö" },
  ]);
  const wrong = new URL(postgres.url);
  wrong.password = "guessed";
  await expect(query(wrong.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  expect((await stat(path.join(home, "password"))).mode & 0o777).toBe(0o600);
  await postgres.stop();
});

it("a second server joins the database, and the last one that stops ends it", async () => {
  const first = await start();
  const second = await start();
  expect(second).toMatchObject({ joined: true, url: first.url });
  const pid = await runningPid();
  await first.stop();
  expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await second.stop();
  expect(isAlive(pid)).toBe(false);
});

it("what was stored is there after a stop and a start", async () => {
  const first = await start();
  await query(first.url, "CREATE TABLE kept AS SELECT 7 AS value");
  await first.stop();
  const second = await start();
  expect(await query(second.url, "SELECT value FROM kept")).toEqual([{ value: 7 }]);
  await second.stop();
});

it("three that start at once on an empty folder share one database", async () => {
  const all = await Promise.all([start(), start(), start()]);
  expect(new Set(all.map(({ url }) => url)).size).toBe(1);
  expect(all.filter(({ joined }) => !joined)).toHaveLength(1);
  const pid = await runningPid();
  await Promise.all(all.map((postgres) => postgres.stop()));
  expect(isAlive(pid)).toBe(false);
});

it("a server that is killed leaves its Postgres; the next one joins it and ends it", async () => {
  const script = path.join(import.meta.dirname, "../support/hold-embedded.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  const pid = await runningPid();
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
  expect(isAlive(pid)).toBe(true);

  const next = await start();
  expect(next.joined).toBe(true);
  await next.stop();
  expect(isAlive(pid)).toBe(false);
});

it("after a kill of Postgres itself the next start recovers what was committed", async () => {
  const first = await start();
  await query(first.url, "CREATE TABLE kept AS SELECT 7 AS value");
  const pid = await runningPid();
  process.kill(pid, "SIGKILL");
  await until(() => !isAlive(pid));
  const second = await start();
  expect(second.joined).toBe(false);
  expect(await query(second.url, "SELECT value FROM kept")).toEqual([{ value: 7 }]);
  await second.stop();
});

it("a pid file whose number belongs to another program by now is no running Postgres", async () => {
  const first = await start();
  await first.stop();
  await writeFile(
    path.join(home, "data/postmaster.pid"),
    `${process.pid}\n${home}/data\n0\n5432\n\n\n\nready\n`,
  );
  const second = await start();
  expect(second.joined).toBe(false);
  expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await second.stop();
});

it("a data folder whose making was interrupted is thrown away", async () => {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await new Promise((resolve) => child.once("exit", resolve));
  const half = path.join(home, `data.${child.pid}-half`);
  await mkdir(half, { recursive: true });
  await writeFile(path.join(half, "PG_VERSION"), "18\n");
  const postgres = await start();
  expect(existsSync(half)).toBe(false);
  expect(await query(postgres.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await postgres.stop();
});

it("a data folder without its password file is refused, with what to do", async () => {
  const first = await start();
  await first.stop();
  await rm(path.join(home, "password"));
  await expect(start()).rejects.toThrow(/password is missing.*Put the file back/);
});
