import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./root.mjs";

const committed = path.join(root, "schema.graphql");

/** Writes `schema.graphql` from the code. */
export async function writeSchema() {
  writeFileSync(committed, await printedSchema());
}

/** @returns {Promise<string | undefined>} what is wrong with the committed `schema.graphql` */
export async function schemaProblem() {
  const printed = await printedSchema();
  if (existsSync(committed) && readFileSync(committed, "utf8") === printed) return undefined;
  return "It is not what the code serves. Run: npm run schema";
}

/** The schema as the server serves it, sorted by name. Needs no database. */
async function printedSchema() {
  const { build } = await import("esbuild");
  // In the checkout, so that the packages are found.
  const folder = mkdtempSync(path.join(root, "node_modules", ".antiphon-schema-"));
  const file = path.join(folder, "schema.mjs");
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ["server/graphql/print-schema.ts"],
      outfile: file,
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      logLevel: "silent",
    });
    /** @type {{ printSchema: () => string }} */
    const { printSchema } = await import(pathToFileURL(file).href);
    return printSchema();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
