import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { buildApp } from "../../server/app.ts";
import { readSettings } from "../../server/env.ts";
import { schema } from "../../server/graphql/schema.ts";
import { openContext } from "../../server/open-context.ts";
import { startEmbedded } from "../../server/postgres/embedded.ts";
import { migrate } from "../../server/postgres/migrate.ts";
import { startWorkers } from "../../server/worker/start-workers.ts";
import { onCall } from "../fan-out/process.ts";

let stop: () => Promise<void> = async () => undefined;

onCall({
  /** Starts the product on a database of its own, with a table beside it for the bare path. */
  async start() {
    const dataDir = await mkdtemp(path.join(os.tmpdir(), "antiphon-bench-"));
    const postgres = await startEmbedded({ dataDir });
    await migrate(postgres.url, path.join(import.meta.dirname, "../../prisma/migrations"));
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query("CREATE TABLE bare_message (id bigserial PRIMARY KEY, value json NOT NULL)");
    await client.end();
    const settings = readSettings({ PORT: "0" });
    const report = (what: string, cause: unknown) => console.error(what, cause);
    const opened = await openContext(postgres.url, settings, report);
    const workers = await startWorkers({ ...opened.context, actor: { kind: "system" } }, report);
    const app = buildApp({ schema, context: opened.context, report });
    const port = await app.listen("127.0.0.1", 0);
    app.setReady();
    stop = async () => {
      await app.close();
      await workers.close();
      await opened.close();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    };
    return { url: `http://127.0.0.1:${port}/graphql`, databaseUrl: postgres.url };
  },
  stop: () => stop(),
});
