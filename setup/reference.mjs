import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./root.mjs";

const page = path.join(root, "docs/command-line.md");
/** What stands below it is written from the program. */
export const mark =
  "<!-- Below, written by `npm run reference`: change the program's descriptions instead. -->";

/** Writes the lower part of the page of the command line from the program. */
export async function writeReference() {
  const [above = ""] = readFileSync(page, "utf8").split(mark);
  writeFileSync(page, `${above}${mark}\n\n${await printedReference()}`);
}

/** The commands as the program has them, as Markdown. */
async function printedReference() {
  const { build } = await import("esbuild");
  // In the command line's folder, so that what it reads beside itself is found, and its packages.
  const folder = mkdtempSync(path.join(root, "sdk", ".reference-"));
  const file = path.join(folder, "reference.mjs");
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ["sdk/cli/print-reference.ts"],
      outfile: file,
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      logLevel: "silent",
    });
    /** @type {{ printReference: () => string }} */
    const { printReference } = await import(pathToFileURL(file).href);
    return printReference();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
