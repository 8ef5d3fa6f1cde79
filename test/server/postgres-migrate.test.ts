import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { migrate } from "../../server/postgres/migrate.ts";
import { createEmptyDatabase, type TestDatabase } from "../support/database.ts";

const real = path.join(import.meta.dirname, "../../prisma/migrations");
let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = await mkdtemp(path.join(os.tmpdir(), "antiphon-migrations-"));
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, "migration.sql"), sql);
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

it("three servers that start at once apply each migration once", async () => {
  await write("1_first", "CREATE TABLE a (id int); SELECT pg_sleep(0.1)");
  await write("2_second", "INSERT INTO a VALUES (1)");
  const results = await Promise.all([1, 2, 3].map(() => migrate(database.url, folder)));
  expect(results.flatMap(({ applied }) => applied)).toEqual(["1_first", "2_second"]);
  expect(await query("SELECT id FROM a")).toEqual([{ id: 1 }]);
});

it("function bodies with semicolons are one statement", async () => {
  await write(
    "1_function",
    `CREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN n := n * 2; RETURN n; END; $$;
     CREATE TABLE a (text text DEFAULT 'a;b');`,
  );
  await migrate(database.url, folder);
  expect(await query("SELECT twice(4)")).toEqual([{ twice: 8 }]);
});

it("a migration that fails is rolled back whole, is recorded, and is tried again once it is mended", async () => {
  await write("1_first", "CREATE TABLE a (id int)");
  await write("2_second", "CREATE TABLE b (id int);\nCREATE TABLE c (id nonsense);");
  await expect(migrate(database.url, folder)).rejects.toThrow(
    /Migration 2_second failed at line 2 and was rolled back: .*type "nonsense" does not exist/,
  );
  expect(await query("SELECT to_regclass('a') AS a, to_regclass('b') AS b")).toEqual([{ a: "a", b: null }]);
  expect(
    await query(
      `SELECT migration_name, finished_at IS NOT NULL AS finished, logs
       FROM _prisma_migrations ORDER BY started_at`,
    ),
  ).toEqual([
    { migration_name: "1_first", finished: true, logs: null },
    { migration_name: "2_second", finished: false, logs: expect.stringContaining("nonsense") },
  ]);
  await write("2_second", "CREATE TABLE b (id int)");
  expect(await migrate(database.url, folder)).toEqual({ applied: ["2_second"], edited: [] });
});

it("a file that was edited after it was applied is named, and not run again", async () => {
  await write("1_first", "CREATE TABLE a (id int)");
  await migrate(database.url, folder);
  await write("1_first", "CREATE TABLE a (id bigint)");
  expect(await migrate(database.url, folder)).toEqual({ applied: [], edited: ["1_first"] });
});

it("a database of a newer version is refused", async () => {
  await write("1_first", "CREATE TABLE a (id int)");
  await write("2_second", "CREATE TABLE b (id int)");
  await migrate(database.url, folder);
  await rm(path.join(folder, "2_second"), { recursive: true });
  await expect(migrate(database.url, folder)).rejects.toThrow(/has the migration 2_second/);
});

it("Prisma's own command line finds nothing left to do", async () => {
  await migrate(database.url, real);
  const prisma = path.join(import.meta.dirname, "../../node_modules/prisma/build/index.js");
  const { stdout } = await promisify(execFile)(process.execPath, [prisma, "migrate", "status"], {
    cwd: path.join(import.meta.dirname, "../.."),
    env: { ...process.env, DATABASE_URL: database.url },
  });
  expect(stdout).toMatch(/Database schema is up to date/);
});
