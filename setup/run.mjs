import { spawn } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { root } from "./root.mjs";

/**
 * Environment variables, added to those of this process; undefined takes one away.
 *
 * @typedef {Record<string, string | undefined>} Env
 */

/** As npm sets it: some tools start others by their bare names. */
const PATH = [path.join(root, "node_modules", ".bin"), process.env.PATH].join(path.delimiter);

/**
 * Runs a program in the repository's folder to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Env, show?: boolean }} [options] `show` passes its output on as it comes
 * @returns {Promise<{ code: number, output: string }>} the output is empty if it was shown
 */
export function run(command, args, { env = {}, show = false } = {}) {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, PATH, ...env },
    stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Runs a program quietly; its output is shown only if it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Env} [env]
 * @throws if it fails, with its output in the message
 */
export async function runQuietly(command, args, env) {
  const { code, output } = await run(command, args, { env });
  if (code !== 0)
    throw new Error(`${[command, ...args].join(" ")} ended with code ${code}:\n${output.trim()}`);
  return output;
}

/**
 * Runs a script with this Node.
 *
 * @param {string} script
 * @param {string[]} args
 * @param {Env} [env]
 */
export function runNode(script, args, env) {
  return runQuietly(process.execPath, [script, ...args], env);
}

/**
 * The code with which a shell would report how a program ended.
 *
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCode(code, signal) {
  return code ?? 128 + (signal === null ? 0 : os.constants.signals[signal]);
}
