import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { buildSdk } from "./build-sdk.mjs";
import { buildTemplates } from "./build-templates.mjs";
import { buildTestFlows } from "./build-test-flows.mjs";
import { commandOf, root } from "./root.mjs";
import { runNode } from "./run.mjs";

/**
 * One piece of work whose result is kept.
 *
 * @typedef {object} Step
 * @property {string[]} needs steps whose results it uses
 * @property {string} done what is said when it was done
 * @property {string[]} results the folders it writes; a stamp is in each
 * @property {string[]} inputs what it is made from; a change of these, and nothing else, makes it stale
 * @property {() => Promise<unknown>} work
 */

const common = ["package-lock.json", "tsconfig.json", "setup/steps.mjs"];

/** @satisfies {Record<string, Step>} */
export const steps = {
  prisma: {
    needs: [],
    done: "Generated the database client",
    results: ["server/generated"],
    inputs: [...common, "prisma/schema.prisma", "prisma.config.ts"],
    work: () => runNode(commandOf("prisma"), ["generate"], { CI: "1" }),
  },
  codegen: {
    needs: [],
    done: "Generated the typed documents",
    results: ["web/gql", "sdk/gql"],
    inputs: [...common, "schema.graphql", "codegen.ts", "sdk", "web/app", "web/ui", "web/lib"],
    work: () => runNode(commandOf("@graphql-codegen/cli", "graphql-codegen"), ["--config", "codegen.ts"]),
  },
  templates: {
    needs: [],
    done: "Built the template engine",
    results: ["server/template/dist"],
    inputs: [...common, "setup/build-templates.mjs", "server/template", "core/template"],
    work: buildTemplates,
  },
  server: {
    needs: ["prisma", "templates"],
    done: "Built the server",
    results: ["server/dist"],
    inputs: [...common, "prisma/schema.prisma", "server", "core"],
    work: () => bundle({ main: "server/main.ts", evaluator: "server/evaluator/thread.ts" }, "server/dist"),
  },
  sdk: {
    needs: ["codegen"],
    done: "Built the SDK",
    results: ["sdk/dist"],
    inputs: [...common, "setup/build-sdk.mjs", "schema.graphql", "codegen.ts", "sdk", "core"],
    work: buildSdk,
  },
  flows: {
    needs: [],
    done: "Built the flows of the tests",
    results: ["test/dist"],
    inputs: [...common, "setup/build-test-flows.mjs", "test/sdk/flows", "test/web/flows"],
    work: buildTestFlows,
  },
  web: {
    needs: ["codegen"],
    done: "Built the console",
    results: ["web/.next"],
    inputs: [...common, "schema.graphql", "codegen.ts", "web", "core"],
    work: () =>
      runNode(commandOf("next"), ["build", "web"], { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" }),
  },
};

/** @typedef {keyof typeof steps} StepName */

/**
 * @param {Record<string, string>} entries the files that programs and threads begin with, by their names in the folder
 * @param {string} folder
 */
async function bundle(entries, folder) {
  const missing = Object.values(entries).find((file) => !existsSync(path.join(root, file)));
  if (missing !== undefined) throw new Error(`${missing} is missing, so there is no server to build.`);
  const { build } = await import("esbuild");
  rmSync(path.join(root, folder), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: folder,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    logLevel: "silent",
  });
}
