import path from "node:path";
import pg from "pg";
import { expect, it } from "vitest";
import { migrate } from "../../server/postgres/migrate.ts";
import { startSystemPostgres, systemPostgresFolder } from "../support/system-postgres.ts";

const folder = systemPostgresFolder();

it.skipIf(folder === null)(
  `the migrations run on the system's own Postgres (${folder ?? "none of 15 or later is installed"})`,
  async () => {
    const postgres = await startSystemPostgres(folder ?? "");
    const client = new pg.Client({ connectionString: postgres.url });
    try {
      const { applied } = await migrate(
        postgres.url,
        path.join(import.meta.dirname, "../../prisma/migrations"),
      );
      expect(applied.length).toBeGreaterThan(0);
      await client.connect();
      const { rows } = await client.query("SELECT count(*)::int AS runs FROM flow_run");
      expect(rows).toEqual([{ runs: 0 }]);
    } finally {
      await client.end();
      postgres.stop();
    }
  },
);
