import { rmSync } from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";

const folder = "server/template/dist";

/**
 * What renders templates: the thread, and the code that it puts into QuickJS, with Nunjucks in it. That one is an expression whose value
 * is the function that answers requests: nothing of it becomes a global.
 */
export async function buildTemplates() {
  const { build } = await import("esbuild");
  rmSync(path.join(root, folder), { recursive: true, force: true });
  /** @type {import("esbuild").BuildOptions} */
  const common = { absWorkingDir: root, outdir: folder, bundle: true, logLevel: "silent" };
  await Promise.all([
    build({
      ...common,
      entryPoints: { thread: "server/template/thread.ts" },
      packages: "external",
      platform: "node",
      format: "esm",
      target: "node20",
      sourcemap: true,
    }),
    build({
      ...common,
      entryPoints: { jail: "server/template/jail/main.ts" },
      platform: "neutral",
      mainFields: ["main"],
      format: "iife",
      globalName: "jail",
      target: "es2022",
      alias: { events: "./server/template/jail/events.cjs" },
      minifyWhitespace: true,
      legalComments: "none",
      banner: { js: "(function () {" },
      footer: { js: "return jail.answer;\n})()" },
    }),
  ]);
}
