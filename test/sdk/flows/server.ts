import { buildApp } from "../../../server/app.ts";
import { readSettings } from "../../../server/env.ts";
import { schema } from "../../../server/graphql/schema.ts";
import { openContext } from "../../../server/open-context.ts";
import { startWorkers } from "../../../server/worker/start-workers.ts";

/** A server to be killed: on DATABASE_URL, on PORT. */
const settings = readSettings(process.env);
const report = (what: string, cause: unknown) => console.error(what, cause);
const { context } = await openContext(settings.databaseUrl ?? "", settings, report);
await startWorkers({ ...context, actor: { kind: "system" } }, report);
const app = buildApp({ schema, context, report });
console.log(`listening on ${await app.listen(settings.host, settings.port)}`);
