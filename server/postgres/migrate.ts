import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";

/** What a call did. */
export interface MigrateResult {
  /** Names of the migrations that were applied, in order. */
  applied: string[];
  /** Names of migrations whose file was changed after they had been applied; nothing was done about them. */
  edited: string[];
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

interface MigrationRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/** The key on which Prisma's own engine locks, so that the two exclude each other. */
const lock = 72707369;

/**
 * Applies the migrations in a folder in Prisma's format that the database does not have yet, and records them
 * as `prisma migrate deploy` does. Several servers may call it at once: each migration is applied once. A
 * migration and its record are one transaction, so a failure or a kill leaves nothing of it behind.
 *
 * @param url the database's connection string
 * @param folder `prisma/migrations`
 * @throws if a migration fails, or the database has one that the folder has not (it belongs to a newer version)
 */
export async function migrate(url: string, folder: string): Promise<MigrateResult> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: url, application_name: "antiphon migrate" });
  client.on("error", () => undefined); // the query that is running rejects with it
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [lock]);
    return await applyMissing(client, migrations);
  } finally {
    await client.end(); // which frees the lock
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function applyMissing(client: pg.Client, migrations: Migration[]): Promise<MigrateResult> {
  const known = await readRecords(client);
  const names = new Set(migrations.map(({ name }) => name));
  for (const [name, row] of known) {
    if (row.finished_at === null)
      throw new Error(
        `Migration ${name} was begun by Prisma's command line and did not finish. ` +
          `Repair the database, then run: npx prisma migrate resolve --rolled-back ${name}`,
      );
    if (!names.has(name))
      throw new Error(
        `The database has the migration ${name}, which this version of Antiphon does not know. ` +
          "Start the version that made it, or use another database.",
      );
  }
  const result: MigrateResult = { applied: [], edited: [] };
  for (const migration of migrations) {
    const row = known.get(migration.name);
    if (row === undefined) {
      await apply(client, migration);
      result.applied.push(migration.name);
    } else if (row.checksum !== migration.checksum) {
      result.edited.push(migration.name);
    }
  }
  return result;
}

async function readRecords(client: pg.Client): Promise<Map<string, MigrationRow>> {
  await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0)`);
  const { rows } = await client.query<MigrationRow>(
    "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  return new Map(rows.map((row) => [row.migration_name, row]));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  const columns = "id, checksum, migration_name";
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (${columns}, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    await client.query(
      `INSERT INTO _prisma_migrations (${columns}, logs, rolled_back_at) VALUES ($1, $2, $3, $4, now())`,
      [randomUUID(), checksum, name, String(error)],
    );
    const where = error instanceof pg.DatabaseError ? lineOf(sql, error.position) : "";
    throw new Error(`Migration ${name} failed${where} and was rolled back: ${String(error)}`, {
      cause: error,
    });
  }
}

/** Postgres counts the position of an error in characters from 1. */
function lineOf(sql: string, position: string | undefined): string {
  if (position === undefined) return "";
  return ` at line ${[...sql].slice(0, Number(position) - 1).filter((character) => character === "\n").length + 1}`;
}
