import { readFileSync } from "node:fs";
import path from "node:path";

/** The repository's folder. */
export const root = path.join(import.meta.dirname, "..");

/**
 * The script behind a command that a package brings. It is to be run by Node, so that no shell and no
 * executable bit is needed.
 *
 * @param {string} packageName
 * @param {string} [command] by default the one with the package's name, else its first
 */
export function commandOf(packageName, command) {
  const folder = path.join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const own = packageName.split("/").at(-1) ?? packageName;
  const script = typeof bin === "string" ? bin : (bin[command ?? own] ?? Object.values(bin)[0]);
  return path.join(folder, script);
}
