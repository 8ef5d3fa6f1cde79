import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type { Binaries } from "./binaries.ts";

/** Where the files of one embedded Postgres are. */
export interface ClusterFiles {
  home: string;
  data: string;
  password: string;
  log: string;
}

/** @param home the folder of this major version */
export function clusterFiles(home: string): ClusterFiles {
  return {
    home,
    data: path.join(home, "data"),
    password: path.join(home, "password"),
    log: path.join(home, "postgres.log"),
  };
}

/**
 * The superuser's password, made at first use. It is put in place by a hard link, which fails where the name
 * is taken: of several processes that start at once all get the same one, and never half of it.
 */
export function readPassword(files: ClusterFiles): string {
  if (!existsSync(files.password)) {
    if (existsSync(files.data))
      throw new Error(
        `${files.password} is missing, so nobody can log in to the database in ${files.data}. ` +
          "Put the file back, or move the whole folder away to begin with an empty database.",
      );
    const draft = `${files.password}.${process.pid}`;
    writeFileSync(draft, randomBytes(24).toString("base64url"), { mode: 0o600 });
    try {
      linkSync(draft, files.password);
    } catch (error) {
      if (!existsSync(files.password)) throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
  return readFileSync(files.password, "utf8").trim();
}

/**
 * Makes the data folder if there is none. It is made under another name and renamed when complete, so a
 * process that is killed in between leaves nothing that looks like a database.
 *
 * @param durable false leaves out the final sync to disk, for databases that live shortly
 */
export async function createCluster(
  binaries: Binaries,
  files: ClusterFiles,
  durable: boolean,
): Promise<void> {
  if (existsSync(path.join(files.data, "PG_VERSION"))) return;
  const draft = `${files.data}.${process.pid}-${randomBytes(4).toString("hex")}`;
  mkdirSync(draft, { mode: 0o700 });
  binaries.own(files.home);
  const options = ["-D", draft, "-U", "postgres", "-A", "scram-sha-256", `--pwfile=${files.password}`];
  const locale = ["-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  try {
    await initdb(binaries, [...options, ...locale, ...(durable ? [] : ["--no-sync"])]);
    renameSync(draft, files.data);
  } catch (error) {
    if (!existsSync(path.join(files.data, "PG_VERSION"))) throw error; // else another process was faster
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function initdb(binaries: Binaries, args: string[]): Promise<void> {
  const { command, args: all, identity } = binaries.invoke("initdb", args);
  const child = spawn(command, all, { ...identity, stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`initdb ended with code ${code}: ${complaint.trim()}`)),
    );
  });
}

/** The end of a cluster's log, for error messages. */
export function logTail(files: ClusterFiles): string {
  try {
    return readFileSync(files.log, "utf8").trimEnd().split("\n").slice(-6).join("\n");
  } catch {
    return "";
  }
}

/** Opens a cluster's log for the output of a child process. */
export function openLog(files: ClusterFiles): number {
  return openSync(files.log, "a", 0o600);
}
