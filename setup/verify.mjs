import { existsSync } from "node:fs";
import path from "node:path";
import { checkImports } from "./check-imports.mjs";
import { prepare } from "./prepare.mjs";
import { commandOf, root } from "./root.mjs";
import { run } from "./run.mjs";
import { command } from "./say.mjs";
import { schemaProblem } from "./schema.mjs";

/**
 * @param {string} packageName
 * @param {string[]} args
 * @param {import("./run.mjs").Env} [env]
 * @returns {() => Promise<string | undefined>}
 */
function tool(packageName, args, env) {
  return async () => {
    const { code, output } = await run(process.execPath, [commandOf(packageName), ...args], { env });
    return code === 0 ? undefined : output.trim() || `ended with code ${code}`;
  };
}

const migrations = ["--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema.prisma"];
const projects = [".", "sdk", "web", "test", "examples"].filter((folder) =>
  existsSync(path.join(root, folder, "tsconfig.json")),
);

/** Each check by its name; it gives undefined, or what is wrong. */
const checks = {
  "format and lint": tool("@biomejs/biome", ["check", "--error-on-warnings", "."]),
  imports: async () => checkImports(),
  ...Object.fromEntries(
    projects.map((folder) => [`types of ${folder}`, tool("typescript", ["-p", folder, "--noEmit"])]),
  ),
  "schema.graphql": schemaProblem,
  migrations: tool("prisma", ["migrate", "diff", "--exit-code", "--script", ...migrations], {
    PRISMA_OFFLINE: "1",
  }),
};

await command(async () => {
  await prepare(["prisma"]);
  let failed = 0;
  const look = async (/** @type {string} */ name, /** @type {() => Promise<string | undefined>} */ check) => {
    const begin = performance.now();
    const problem = await check();
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    if (problem === undefined) {
      console.log(`ok      ${name} (${seconds} s)`);
    } else {
      failed += 1;
      console.error(`FAILED  ${name} (${seconds} s)\n${problem}\n`);
    }
  };
  await look("documents", documentsProblem); // the types of others come of it
  await inPairs(Object.entries(checks), ([name, check]) => look(name, check));
  if (failed > 0) throw new Error(`${failed} checks failed.`);
  console.log("All is well.");
});

/** Whether the GraphQL documents of the console and the SDK fit `schema.graphql`. */
async function documentsProblem() {
  try {
    await prepare(["codegen"]);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

/**
 * @template T
 * @param {T[]} items
 * @param {(item: T) => Promise<void>} work
 */
async function inPairs(items, work) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all([worker(), worker()]);
}
