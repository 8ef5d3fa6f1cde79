import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { commandOf, root } from "./root.mjs";
import { runNode } from "./run.mjs";

const folder = path.join(root, "sdk/dist");

/**
 * The SDK as it is published: one file with `core` and the socket client in it, and its declarations. What it
 * still imports at run time are Node's own modules, `ws` and the user's `zod`. The command line is built by itself, so
 * that who imports the SDK does not load what only commands need, and in parts, so that a command starts without the
 * code of the others.
 */
export async function buildSdk() {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([
    bundle({ index: "sdk/index.ts" }),
    bundle({ cli: "sdk/cli/main.ts" }, { splitting: true, chunkNames: "cli/[name]-[hash]" }),
    declarations(),
  ]);
}

/**
 * @param {Record<string, string>} entryPoints
 * @param {import("esbuild").BuildOptions} options
 */
async function bundle(entryPoints, options = {}) {
  const { build } = await import("esbuild");
  await build({
    ...options,
    absWorkingDir: root,
    entryPoints,
    outdir: "sdk/dist",
    bundle: true,
    external: ["@clack/prompts", "commander", "ws", "yaml", "zod"],
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    sourcesContent: false,
    logLevel: "silent",
  });
}

async function declarations() {
  const emit = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--stripInternal"];
  const places = ["--rootDir", ".", "--outDir", "sdk/dist/types", "--allowJs", "false", "--checkJs", "false"];
  await runNode(commandOf("typescript", "tsc"), ["-p", "sdk", ...emit, ...places]);
  for (const entry of readdirSync(path.join(folder, "types"), { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith(".d.ts")) continue;
    const file = path.join(entry.parentPath, entry.name);
    writeFileSync(file, publishable(readFileSync(file, "utf8")));
  }
}

/**
 * Declarations import each other by the names of the sources; every resolution mode of a user's project finds
 * them by the names that the JavaScript files would have. And the generated documents take one interface from a
 * package that a user need not have: it is written out instead.
 *
 * @param {string} text
 */
function publishable(text) {
  return text
    .replace(/((?:from|import)\s*\(?\s*["']\.{1,2}\/[^"']*)\.ts(?=["'])/g, "$1.js")
    .replace(
      /import type \{ DocumentTypeDecoration \} from ["']@graphql-typed-document-node\/core["'];/,
      "interface DocumentTypeDecoration<Result, Variables> { __apiType?: (variables: Variables) => Result }",
    );
}
