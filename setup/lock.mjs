import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root } from "./root.mjs";

const file = path.join(root, ".setup.lock");

/**
 * Does a piece of work while no other command of this checkout installs, generates or builds.
 * The lock names the process that holds it; that of a process that is gone is taken over.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(work) {
  let told = false;
  while (!take()) {
    if (!told) console.log("Waiting for another command that is setting up this checkout …");
    told = true;
    await sleep(200);
  }
  const release = () => rmSync(file, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

/** A link, unlike a write, is there at once and complete, or not at all. */
function take() {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, file);
    return true;
  } catch {
    if (!isHeld()) rmSync(file, { force: true });
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function isHeld() {
  try {
    const holder = Number(readFileSync(file, "utf8"));
    if (holder === process.pid) return false; // a number used again: ours would not ask
    process.kill(holder, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
