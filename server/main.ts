import { createServer } from "node:net";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { GiveWay } from "./action/give-way.ts";
import { installJobs } from "./action/jobs.ts";
import { type App, buildApp } from "./app.ts";
import { readSettings, type Settings, urlOf } from "./env.ts";
import { startEvaluatorThread } from "./evaluator/start-thread.ts";
import { schema } from "./graphql/schema.ts";
import { type OpenContext, openContext } from "./open-context.ts";
import { watchParent } from "./parent-watch.ts";
import { type EmbeddedPostgres, startEmbedded } from "./postgres/embedded.ts";
import { migrate } from "./postgres/migrate.ts";
import { assertUsable } from "./postgres/usable.ts";
import { findRoot } from "./root.ts";
import { openWebConsole } from "./transport/web-console.ts";
import { startWorkers } from "./worker/start-workers.ts";

// The patterns of questions' schemas run on every answer. One that backtracks without end would stand in everybody's way, so such a
// search goes over to V8's engine of linear time, as far as that knows the pattern (no lookarounds, back references or high counts, no flag `u`).
setFlagsFromString("--enable-experimental-regexp-engine-on-excessive-backtracks");

/** What has been started, in order; it is ended from the last to the first. */
const started: { name: string; close(): Promise<unknown> }[] = [];
let stopping: Promise<void> | undefined;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function report(what: string, cause: unknown): void {
  const why =
    cause instanceof Error ? (cause.stack ?? cause.message) : cause === undefined ? "" : String(cause);
  process.stderr.write(`${new Date().toISOString()} ${what}${why === "" ? "" : `\n${why}`}\n`);
  if (cause instanceof Error && cause.cause !== undefined) report("  because:", cause.cause);
}

async function start(): Promise<void> {
  const settings = readSettings(process.env);
  const root = findRoot();
  await assertPortIsFree(settings);
  const databaseUrl = settings.databaseUrl ?? (await startPostgres(path.resolve(root, settings.dataDir)));
  await assertUsable(databaseUrl);
  const { applied, edited } = await migrate(databaseUrl, path.join(root, "prisma/migrations"));
  if (applied.length > 0)
    say(`Database: applied ${applied.length} migration${applied.length > 1 ? "s" : ""}.`);
  for (const name of edited)
    say(`Database: the file of migration ${name} was changed after it had been applied.`);

  await installJobs(databaseUrl);

  const opened: OpenContext = await openContext(databaseUrl, settings, report);
  keep("connections", opened);
  const { context } = opened;
  const giveWay = new GiveWay();
  keep("workers", await startWorkers({ ...context, actor: { kind: "system" } }, report, giveWay));
  keep(
    "evaluator",
    startEvaluatorThread({
      entry: new URL("./evaluator.js", import.meta.url),
      data: { databaseUrl, settings },
      bus: context.bus,
      onBurst: (on) => {
        giveWay.burst = on;
      },
      report,
    }),
  );
  const app = buildApp({ schema, context, report });
  keep("server", app);
  const port = await app.listen(settings.host, settings.port);
  const url = urlOf(settings.host, port);
  if (settings.port === 0 && process.env.ANTIPHON_PUBLIC_URL === undefined) settings.publicUrl = url;
  addConsole(app, { root, host: settings.host, port });
  if (stopping !== undefined) return;
  app.setReady();
  welcome(url);
  context.templates.warm(); // behind everything else, so that the first to ask need not wait
}

async function startPostgres(dataDir: string): Promise<string> {
  const postgres: EmbeddedPostgres = await startEmbedded({ dataDir });
  keep("Postgres", { close: () => postgres.stop() });
  if (postgres.joined) say(`Database: joined the Postgres that runs on ${dataDir} already.`);
  return postgres.url;
}

/** Without its build there is no console, but all else. */
function addConsole(app: App, where: { root: string; host: string; port: number }): void {
  try {
    app.setConsole(openWebConsole({ ...where, execute: app.execute }));
  } catch (error) {
    report("The console cannot be served (`npm run build` builds it). The API is served without it.", error);
  }
}

/** Where programs look for the API when they are told nothing. */
const usualUrl = "http://127.0.0.1:4200";

function welcome(url: string): void {
  const example = "npm run example -- approval";
  say(`
  Antiphon is ready.

    Console   ${url}
    API       ${url}/graphql   (GraphQL over HTTP, SSE and WebSocket; in a browser: GraphiQL)

  Try it: in a second terminal type

    ${url === usualUrl ? example : `ANTIPHON_API_URL=${url}/graphql ${example}`}

  It starts a flow that asks you something, and prints where to answer.
  Ctrl-C stops everything.
`);
}

/** Has it ended with the server. Nothing more is started once it stops. */
function keep(name: string, what: { close(): Promise<unknown> }): void {
  started.push({ name, close: () => what.close() });
  if (stopping !== undefined) throw new Error("The server was stopped while it started.");
}

function stop(code: number): Promise<void> {
  stopping ??= (async () => {
    await starting.catch(() => undefined); // so that nothing is left that it has not told of yet
    for (let last = started.pop(); last !== undefined; last = started.pop())
      await last.close().catch((error: unknown) => {
        code = 1;
        report(`Stopping the ${last?.name} failed.`, error);
      });
    process.exit(code);
  })();
  return stopping;
}

/** Before anything is started, so that the mistake is told at once. */
async function assertPortIsFree({ host, port }: Settings): Promise<void> {
  if (port === 0) return;
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => reject(new Error(explain(error, host, port))));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): string {
  const at = `${host}:${port}`;
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} of ${host} is in use, perhaps by another Antiphon. Stop that one, or choose another port: PORT=${port + 1} npm start`;
    case "EACCES":
      return `This user may not listen on ${at}. Choose a port above 1023: PORT=4200 npm start`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOST=${host} is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all of its addresses.`;
    default:
      return `Cannot listen on ${at}: ${error.message}`;
  }
}

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    if (stopping !== undefined) {
      say("Stopping at once.");
      process.exit(130);
    }
    say("Stopping. (Again: at once.)");
    void stop(0);
  });
watchParent(() => void stop(0));
// Who read the output may be gone, as with a terminal that was closed: what is said then is lost, and no reason to fail,
// which would be told to nobody again and again.
for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);
process.on("unhandledRejection", (error) => report("Something failed and nobody looked.", error));
process.on("uncaughtException", (error) => {
  report("The server cannot go on.", error);
  void stop(1);
});

const starting = start();
starting.catch((error: unknown) => {
  if (stopping !== undefined) return;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  void stop(1);
});
