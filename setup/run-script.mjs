import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { watchNpm } from "./parent.mjs";
import { prepare } from "./prepare.mjs";
import { root } from "./root.mjs";
import { exitCode } from "./run.mjs";

/**
 * Runs `<folder>/<name>.ts`, the name being the command's first argument and the rest the script's, and ends as
 * it ends. Without a name, or with a wrong one, says which there are.
 *
 * @param {{ folder: string, usage: string, needs: import("./steps.mjs").StepName[] }} options
 */
export async function runScript({ folder, usage, needs }) {
  const [name = "", ...args] = process.argv.slice(2);
  const script = path.join(root, folder, `${name}.ts`);
  if (!/^[\w-]+$/.test(name) || !existsSync(script)) {
    const problem = name === "" ? "" : `There is no ${folder}/${name}.ts. `;
    throw new Error(`${problem}Usage: ${usage}\nNAME is one of: ${namesIn(folder).join(", ")}`);
  }
  await prepare(needs);
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), script, ...args], {
    cwd: root,
    stdio: "inherit",
  });
  // A terminal's Ctrl-C reaches the script itself; we only stay until it has ended.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  if (process.env.npm_lifecycle_event !== undefined) watchNpm(() => child.kill("SIGTERM"));
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (exit, signal) => resolve(exitCode(exit, signal)));
  });
  process.exit(code);
}

/** @param {string} folder */
function namesIn(folder) {
  const at = path.join(root, folder);
  if (!existsSync(at)) return [];
  return readdirSync(at)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .map((file) => file.slice(0, -".ts".length));
}
