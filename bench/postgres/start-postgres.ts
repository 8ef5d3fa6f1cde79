import { rmSync } from "node:fs";
import { chmod, mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { startEmbedded } from "../../server/postgres/embedded.ts";
import { migrate } from "../../server/postgres/migrate.ts";
import { isAlive, runningPostmaster } from "../../server/postgres/postmaster.ts";
import { atEnd } from "./at-end.ts";

/** A database of a bench's own. */
export interface BenchPostgres {
  url: string;
  stop(): Promise<void>;
}

const prefix = "antiphon-bench-";
const migrations = path.join(import.meta.dirname, "../../prisma/migrations");

/** Starts a Postgres in a folder of its own, with the product's tables. Both are gone when this process is, however it ends. */
export async function startPostgres(): Promise<BenchPostgres> {
  await sweep();
  const dataDir = await mkdtemp(path.join(os.tmpdir(), `${prefix}${process.pid}-`));
  await chmod(dataDir, 0o711); // where root has no user namespaces, Postgres is somebody else
  const forget = atEnd(() => remove(dataDir));
  const postgres = await startEmbedded({ dataDir });
  await migrate(postgres.url, migrations);
  return {
    url: postgres.url,
    async stop() {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
      forget();
    },
  };
}

/** Ends and removes what benches left behind that could not do so themselves; the folder's name has the process's id. */
async function sweep(): Promise<void> {
  for (const name of await readdir(os.tmpdir())) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length).split("-")[0]) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) remove(path.join(os.tmpdir(), name));
  }
}

/** Ends the Postgres of a folder at once, and removes the folder. */
function remove(dataDir: string): void {
  const pid = runningPostmaster(path.join(dataDir, "postgres-18", "data"))?.pid;
  if (pid !== undefined) {
    process.kill(pid, "SIGQUIT");
    const clock = new Int32Array(new SharedArrayBuffer(4));
    for (const end = Date.now() + 6_000; isAlive(pid) && Date.now() < end; ) Atomics.wait(clock, 0, 0, 20);
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
}
