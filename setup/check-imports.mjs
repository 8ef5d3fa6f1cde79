import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { rulesFor } from "./import-rules.mjs";
import { root } from "./root.mjs";

const folders = ["core", "sdk", "server", "web", "examples", "bench", "setup"];
const skipped = new Set(["node_modules", "dist", "generated", "gql", ".next"]);
const specifier =
  /^\s*(?:import|export)\s(?:[^"';]*?\sfrom\s*)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;

/** @returns {string | undefined} the imports that go against the directions, one a line */
export function checkImports() {
  const problems = folders.flatMap(sourcesIn).flatMap((file) =>
    importsOf(file).flatMap((target) => {
      const reason = rulesFor(file)
        .map((rule) => rule(target))
        .find((found) => found !== undefined);
      return reason === undefined ? [] : [`${file} imports ${target}: ${reason}`];
    }),
  );
  return problems.length > 0 ? problems.join("\n") : undefined;
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function sourcesIn(folder) {
  let entries;
  try {
    entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const at = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourcesIn(at);
    return /\.(?:ts|tsx|mjs)$/.test(entry.name) ? [at] : [];
  });
}

/**
 * What a file imports: paths from the repository's folder for our own files, else the name as it is written.
 *
 * @param {string} file
 */
function importsOf(file) {
  const text = readFileSync(path.join(root, file), "utf8");
  return [...text.matchAll(specifier)].map((match) => {
    const name = match[1] ?? match[2] ?? "";
    if (name.startsWith("@/")) return path.posix.join("web", name.slice(2)); // the console's alias
    return name.startsWith(".") ? path.posix.join(path.posix.dirname(file), name) : name;
  });
}
