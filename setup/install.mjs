import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { say } from "./say.mjs";

/** The oldest Node that everything runs on. */
const oldest = [20, 19];

/** @throws if this Node is too old; the message says which is needed */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [neededMajor = 0, neededMinor = 0] = oldest;
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  throw new Error(
    `Node ${process.versions.node} is too old: Antiphon needs ${oldest.join(".")} or later (https://nodejs.org).`,
  );
}

/** Installs the packages of package-lock.json, unless exactly these are there. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await say("Installed the packages", async () => {
    console.log("Installing the packages (npm ci) …");
    // No package's install script is needed, whatever this npm's policy is.
    // Nor do its warnings help: they are about newer versions of Node than packages of ours need.
    const args = [
      "ci",
      "--ignore-scripts",
      "--include=dev",
      "--include=optional",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ];
    const npm = process.env.npm_execpath;
    const options = { show: true, env: { NODE_ENV: undefined } };
    const { code } = await (npm?.endsWith("js")
      ? run(process.execPath, [npm, ...args], options)
      : run("npm", args, options));
    if (code !== 0) throw new Error(`npm ci ended with code ${code}; what it says is above.`);
  });
}

/**
 * npm keeps a list of what it put into node_modules, written last. It fits if it has every package of the
 * lockfile in the same version; optional ones may be left out, as those for other platforms are.
 */
function isInstalled() {
  const list = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(list)) return false;
  const wanted = readPackages(path.join(root, "package-lock.json"));
  const present = readPackages(list);
  return Object.entries(wanted).every(([at, { version, integrity, optional, link }]) => {
    if (at === "" || !at.includes("node_modules/")) return true; // the workspaces themselves
    const found = present[at];
    if (found === undefined) return optional === true;
    return link === true || (found.version === version && found.integrity === integrity);
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }>}
 */
function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}
