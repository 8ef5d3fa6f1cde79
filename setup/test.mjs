import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { tryApt } from "./apt.mjs";
import { browserAdvice, findBrowser } from "./browser.mjs";
import { prepare } from "./prepare.mjs";
import { commandOf, root } from "./root.mjs";
import { run } from "./run.mjs";
import { runTests } from "./run-tests.mjs";

/**
 * What the tests in a folder need to be built; those of other folders, and those in a browser, may need all.
 *
 * @type {Record<string, import("./steps.mjs").StepName[]>}
 */
const needs = {
  core: [],
  setup: [],
  server: ["prisma", "templates"],
  wire: ["prisma", "codegen", "server"],
  sdk: ["server", "sdk"],
  examples: ["server", "sdk"],
  docs: ["prisma", "templates", "sdk"],
  web: ["codegen"],
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.log("\n0 passed, 1 failed"); // the last line says so whatever happens
  process.exit(1);
}

async function main() {
  const args = process.argv.slice(2);
  const [options, filters] = [args.filter(isOption), args.filter((arg) => !isOption(arg))];
  const selected = selectedFiles(filters);
  await prepare(selected.flatMap(neededBy));

  if (process.env.CI && selected.includes("test/server/postgres-system.test.ts"))
    await ensureSystemPostgres();
  const inBrowser = selected.filter(isInBrowser);
  const browser = inBrowser.length > 0 ? await findBrowser() : undefined;
  const without = inBrowser.length > 0 && browser === undefined ? await countTests(inBrowser) : 0;
  const result =
    without === 0
      ? await runTests(filters, options, browser)
      : selected.length > inBrowser.length
        ? await runTests(
            selected.filter((file) => !isInBrowser(file)),
            options,
          )
        : { passed: 0, failed: 0, skipped: 0, unsteady: [] };
  if (without > 0) console.log(`\n${browserAdvice}`);
  if (without > 0 && process.env.CI) result.failed += without;
  else result.skipped += without;
  if (without > 0 && !process.env.CI) console.log(`${without} browser tests were skipped.`);

  for (const file of result.unsteady) console.log(`${file} passed only at its second try.`);
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : "";
  console.log(`\n${result.passed} passed, ${result.failed} failed${skipped}`);
  process.exit(result.failed > 0 ? 1 : 0);
}

/** @param {string} arg */
function isOption(arg) {
  return arg.startsWith("-");
}

/** @param {string} file */
function neededBy(file) {
  const [, folder = ""] = file.split("/");
  return (isInBrowser(file) ? undefined : needs[folder]) ?? /** @type {const} */ (["server", "sdk", "web"]);
}

/** @param {string} file */
function isInBrowser(file) {
  return file.includes("/browser/");
}

/**
 * The test files that vitest would run for these filters, which are parts of paths.
 *
 * @param {string[]} filters
 */
function selectedFiles(filters) {
  return readdirSync(path.join(root, "test"), { recursive: true, encoding: "utf8" })
    .map((file) => path.posix.join("test", file.split(path.sep).join("/")))
    .filter((file) => /\.test\.tsx?$/.test(file))
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)));
}

/** One test runs on the system's own Postgres, too; a person's machine is left as it is. */
async function ensureSystemPostgres() {
  if (!existsSync("/usr/lib/postgresql")) await tryApt("the test on the system's Postgres", ["postgresql"]);
}

/** @param {string[]} files */
async function countTests(files) {
  const { output } = await run(process.execPath, [commandOf("vitest"), "list", ...files]);
  return output.split("\n").filter(isInBrowser).length;
}
