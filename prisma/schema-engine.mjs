#!/usr/bin/env node
/**
 * Prisma's schema engine (WebAssembly, from npm) behind the protocol of the native binary: JSON-RPC, one
 * message a line, on stdin and stdout. Prisma's command line starts it, because `prisma.config.ts` names it
 * in PRISMA_SCHEMA_ENGINE_BINARY, so nothing is downloaded.
 *
 * The shadow database is always an in-memory PGlite. With PRISMA_OFFLINE=1 the main database is one too, so
 * that `migrate diff` needs no server.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, DriverAdapterError } from "@prisma/driver-adapter-utils";
import * as wasm from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

const args = process.argv.slice(2);
/** @param {string} name */
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);

if (args.includes("--version")) {
  console.log("schema-engine-cli-wasm (npm)");
  process.exit(0);
}
/** @type {string} */
const url = JSON.parse(option("--datasource") ?? "{}").url;
if (args.includes("cli")) await runDatabaseCommand(args[args.indexOf("cli") + 1]);
else await serve();

/** `create-database`, `drop-database` and `can-connect-to-database`, which the command line starts one by one. */
async function runDatabaseCommand(command) {
  const target = new URL(url);
  const name = pg.escapeIdentifier(decodeURIComponent(target.pathname.slice(1)));
  if (command !== "can-connect-to-database") target.pathname = "/postgres";
  const client = new pg.Client({ connectionString: target.href, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    if (command === "create-database") await client.query(`CREATE DATABASE ${name}`);
    if (command === "drop-database") await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.end();
    process.exit(0);
  } catch (error) {
    const codes = { "3D000": "P1003", "28P01": "P1000", 28000: "P1000", "42P04": "P1009" };
    const message = error.message || `No database server answers at ${target.host}`;
    const fields = { message, error_code: codes[error.code] ?? "P1001", is_panic: false };
    console.error("schema-engine"); // the command line skips the first line
    console.error(JSON.stringify({ level: "ERROR", target: "schema_engine::logger", fields }));
    process.exit(1);
  }
}

async function serve() {
  const engine = await loadEngine();
  let printed = 0;
  const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  const answer = async (line) => {
    if (line.trim() === "") return;
    const { id, method, params } = JSON.parse(line);
    if (method === undefined) return; // the answer to one of our own `print` calls
    try {
      const result = await engine[method === "getDatabaseVersion" ? "version" : method](params);
      if (method === "diff" && result.stdout)
        send({ id: `print-${printed++}`, method: "print", params: { content: result.stdout } });
      send({ id, result: result ?? null });
    } catch (error) {
      const data = {
        is_panic: false,
        message: error.message ?? String(error),
        error_code: error.code,
        meta: error.meta,
      };
      send({
        id,
        error: { code: 4466, message: "An error happened. Check the data field for details.", data },
      });
    }
  };
  readline
    .createInterface({ input: process.stdin })
    .on("line", answer)
    .on("close", () => process.exit(0));
}

async function loadEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => console.error(message) };
  const package_ = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const bytes = readFileSync(path.join(path.dirname(package_), "schema_engine_bg.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": wasm });
  wasm.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  nameCharType();

  const datamodels = args.flatMap((arg, i) =>
    args[i - 1] === "--datamodels" ? [[arg, readFileSync(arg, "utf8")]] : [],
  );
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: "postgres",
    adapterName: "antiphon-schema-engine",
    connect: process.env.PRISMA_OFFLINE === "1" ? connectToPGlite : connectToServer,
    connectToShadowDb: connectToPGlite,
  });
  const log = (line) => process.env.DEBUG && console.error(line);
  return wasm.SchemaEngine.new({ datamodels: datamodels.length > 0 ? datamodels : undefined }, log, factory);
}

/** The adapters do not know the catalog's one-byte type "char" (OID 18): it is read as bpchar (1042). */
function nameCharType() {
  const { addFields } = pg.Result.prototype;
  pg.Result.prototype.addFields = function (fields) {
    for (const field of fields) if (field.dataTypeID === 18) field.dataTypeID = 1042;
    return addFields.call(this, fields);
  };
}

async function connectToServer() {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const adapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect();
  return withScripts(adapter, (sql) => pool.query(sql));
}

async function connectToPGlite() {
  const { PGlite } = await import("@electric-sql/pglite");
  const { PrismaPGlite } = await import("pglite-prisma-adapter");
  const database = new PGlite();
  return withScripts(await new PrismaPGlite(database).connect(), (sql) => database.exec(sql));
}

/**
 * Scripts run as one simple query, that is: wholly or not at all. One adapter would split them at every `;`
 * (also inside function bodies), the other would not wait for their end.
 */
function withScripts(adapter, run) {
  const executeScript = async (sql) => {
    try {
      await run(sql);
    } catch (error) {
      const { message, detail, column, hint, severity = "ERROR", code = "XX000" } = error;
      throw new DriverAdapterError({
        ...{ kind: "postgres", code, severity, message, detail, column, hint },
        ...{ originalCode: code, originalMessage: message },
      });
    }
  };
  return Object.assign(adapter, { executeScript });
}
