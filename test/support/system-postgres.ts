import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { freePort } from "./free-port.ts";

/** A Postgres of the system's own, with a cluster made for one test. */
export interface SystemPostgres {
  /** Its connection string, as superuser. */
  url: string;
  stop(): void;
}

const debian = "/usr/lib/postgresql";

/** The folder of the oldest installed Postgres that we support (15 or later), or null. */
export function systemPostgresFolder(): string | null {
  if (!existsSync(debian)) return null;
  const versions = readdirSync(debian)
    .map(Number)
    .filter((version) => version >= 15);
  const folders = versions.sort((a, b) => a - b).map((version) => path.join(debian, String(version), "bin"));
  return folders.find((folder) => existsSync(path.join(folder, "initdb"))) ?? null;
}

/** @param folder as `systemPostgresFolder` gives it */
export async function startSystemPostgres(folder: string): Promise<SystemPostgres> {
  const home = mkdtempSync(path.join(os.tmpdir(), "antiphon-system-"));
  const data = path.join(home, "data");
  const asRoot = process.getuid?.() === 0;
  if (asRoot) {
    const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
    chownSync(home, id("-u"), id("-g"));
  }
  const run = (program: string, args: string[]) => {
    const call = [path.join(folder, program), ...args];
    const [command = "", ...rest] = asRoot ? ["runuser", "-u", "postgres", "--", ...call] : call;
    execFileSync(command, rest, { cwd: home, stdio: ["ignore", "ignore", "pipe"] });
  };
  const port = await freePort();
  run("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`;
  run("pg_ctl", ["start", "-w", "-D", data, "-l", path.join(home, "log"), "-o", options]);
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    stop: () => {
      run("pg_ctl", ["stop", "-w", "-m", "immediate", "-D", data]);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
