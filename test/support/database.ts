import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

/** A migrated, otherwise empty database of one test file's own. */
export interface TestDatabase {
  /** Its connection string. */
  url: string;
  /** Removes it, with the connections that are still open. */
  drop(): Promise<void>;
}

/** Clones the template that the run's set-up has migrated: some 50 ms. Call it in `beforeAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return cloneDatabase(inject("templateDatabase").name);
}

/** A database with no tables at all, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return cloneDatabase("template0");
}

async function cloneDatabase(template: string): Promise<TestDatabase> {
  const { serverUrl } = inject("templateDatabase");
  const name = `antiphon_test_${randomBytes(8).toString("hex")}`;
  await administer(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await administer(serverUrl, untilLeft(name)); // who is about to leave is not thrown out
      await administer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** Waits until nobody is connected with a database, for a second at most. */
function untilLeft(name: string): string {
  return `DO $$ BEGIN
    FOR i IN 1..50 LOOP
      PERFORM pg_stat_clear_snapshot();
      EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = '${name}');
      PERFORM pg_sleep(0.02);
    END LOOP;
  END $$`;
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
