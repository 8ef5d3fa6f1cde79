import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";

/** Made from other files, so not looked at themselves. */
const derived = new Set([
  "node_modules",
  "dist",
  "gql",
  "generated",
  ".next",
  "next-env.d.ts",
  "tsconfig.tsbuildinfo",
]);

/**
 * The hash of files and folders, by their names and contents. What does not exist counts as absent.
 *
 * @param {string[]} inputs paths from the repository's folder
 */
export function fingerprint(inputs) {
  const hash = createHash("sha256");
  for (const input of inputs) addTo(hash, input);
  return hash.digest("hex");
}

/**
 * @param {import("node:crypto").Hash} hash
 * @param {string} input
 */
function addTo(hash, input) {
  const at = path.join(root, input);
  const stat = statSync(at, { throwIfNoEntry: false });
  if (stat === undefined) {
    hash.update(`${input}\0absent\0`);
  } else if (stat.isDirectory()) {
    for (const name of readdirSync(at).sort())
      if (!derived.has(name)) addTo(hash, path.posix.join(input, name));
  } else {
    hash.update(`${input}\0${stat.size}\0`).update(readFileSync(at));
  }
}

/**
 * Whether the stamp in a result's folder says that it was made from these inputs, and all that was made then is still there.
 *
 * @param {string} folder
 * @param {string} print
 */
export function isFresh(folder, print) {
  const stamp = stampOf(folder);
  if (!existsSync(stamp)) return false;
  const [made, ...files] = readFileSync(stamp, "utf8").split("\n");
  return made === print && files.every((file) => existsSync(path.join(root, folder, file)));
}

/**
 * Notes in a result's folder what it was made from, and its files. Deleting the folder deletes the note.
 *
 * @param {string} folder
 * @param {string} print
 */
export function markFresh(folder, print) {
  const made = path.join(root, folder);
  mkdirSync(made, { recursive: true });
  writeFileSync(stampOf(folder), [print, ...filesIn(made, "")].join("\n"));
}

/** What tools keep in their results' folders for themselves, and throw away when they like. */
const passing = new Set([".stamp", "cache", "diagnostics", "trace", "trace-build"]);

/**
 * @param {string} folder
 * @param {string} within
 * @returns {string[]} the paths of its files
 */
function filesIn(folder, within) {
  return readdirSync(path.join(folder, within), { withFileTypes: true })
    .filter(({ name }) => within !== "" || !passing.has(name))
    .flatMap((entry) => {
      const file = path.posix.join(within, entry.name);
      return entry.isDirectory() ? filesIn(folder, file) : [file];
    })
    .sort();
}

/** @param {string} folder */
function stampOf(folder) {
  return path.join(root, folder, ".stamp");
}
