import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";

/** A Postgres that runs on a data folder. */
export interface Postmaster {
  pid: number;
  port: number;
  /** False while it starts up, recovers or stops. */
  ready: boolean;
}

/**
 * The Postgres that runs on a data folder, or null if none does. A pid file whose process is gone, or whose
 * number by now belongs to another program, is removed: Postgres itself would refuse to start for the latter.
 */
export function runningPostmaster(data: string): Postmaster | null {
  const file = path.join(data, "postmaster.pid");
  let lines: string[];
  try {
    lines = readFileSync(file, "utf8").split("\n");
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  if (!isPostgres(pid)) {
    rmSync(file, { force: true });
    return null;
  }
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

/** Whether a process runs. One that has ended, and whose parent has not asked for its result yet, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return process.platform !== "linux" || !/\) [ZX] /.test(readProc(pid, "stat"));
}

function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  return /postgres/.test(commandLine(pid));
}

function commandLine(pid: number): string {
  if (process.platform === "linux") return readProc(pid, "cmdline");
  if (process.platform === "win32")
    return spawnSync("tasklist", ["/FI", `PID eq ${pid}`, "/NH"], { encoding: "utf8" }).stdout ?? "";
  return spawnSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" }).stdout ?? "";
}

/** Empty if the process is gone. */
function readProc(pid: number, file: "cmdline" | "stat"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
