import pg from "pg";
import { buildApp } from "../../server/app.ts";
import { readSettings } from "../../server/env.ts";
import { schema } from "../../server/graphql/schema.ts";
import { openContext } from "../../server/open-context.ts";
import { startWorkers } from "../../server/worker/start-workers.ts";
import { onCall } from "../fan-out/process.ts";
import { startPostgres } from "../postgres/start-postgres.ts";

let stop: () => Promise<void> = async () => undefined;

onCall({
  /** Starts the product on a database of its own, with a table beside it for the bare path. */
  async start() {
    const postgres = await startPostgres();
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await client.query("CREATE TABLE bare_message (id bigserial PRIMARY KEY, value json NOT NULL)");
    await client.end();
    const settings = readSettings({ PORT: "0" });
    const report = (what: string, cause: unknown) =>
      console.error(what, cause instanceof Error ? cause.stack : cause);
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
    };
    return { url: `http://127.0.0.1:${port}/graphql`, databaseUrl: postgres.url };
  },
  stop: () => stop(),
});
