import { startEmbedded } from "../../server/postgres/embedded.ts";

// A program of its own that uses the embedded Postgres in the folder it is given, until it is killed.
const [, , dataDir = ""] = process.argv;
const postgres = await startEmbedded({ dataDir, durable: false });
console.log(postgres.url);
setInterval(() => undefined, 60_000);
