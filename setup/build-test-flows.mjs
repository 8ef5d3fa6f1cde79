import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";

const folder = "test/dist";

/**
 * The flows that tests run in processes of their own, each with what it imports of the tests, on the built SDK: a
 * process that reads TypeScript, the SDK's too, takes three times as long to start.
 */
export async function buildTestFlows() {
  const { build } = await import("esbuild");
  rmSync(path.join(root, folder), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: ["test/sdk/flows", "test/web/flows"].flatMap((from) =>
      readdirSync(path.join(root, from)).map((name) => `${from}/${name}`),
    ),
    outdir: folder,
    outbase: "test",
    bundle: true,
    packages: "external",
    plugins: [builtSdk],
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "silent",
  });
}

/** @type {import("esbuild").Plugin} */
const builtSdk = {
  name: "built SDK",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/sdk\/index\.ts$/ }, () => ({ path: "antiphon", external: true })),
};
