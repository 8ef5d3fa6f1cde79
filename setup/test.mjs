import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { tryApt } from "./apt.mjs";
import { browserAdvice, findBrowser } from "./browser.mjs";
import { prepare } from "./prepare.mjs";
import { commandOf, root } from "./root.mjs";
import { run } from "./run.mjs";

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
  const selected = selectedFiles(args.filter((arg) => !isOption(arg)));
  await prepare(selected.flatMap(neededBy));

  if (process.env.CI && selected.includes("test/server/postgres-system.test.ts"))
    await ensureSystemPostgres();
  const inBrowser = selected.filter(isInBrowser);
  const browser = inBrowser.length > 0 ? await findBrowser() : undefined;
  const without = inBrowser.length > 0 && browser === undefined ? await countTests(inBrowser) : 0;
  const result =
    without === 0
      ? await runTests(args, browser)
      : selected.length > inBrowser.length
        ? await runTests([...args.filter(isOption), ...selected.filter((file) => !isInBrowser(file))])
        : { passed: 0, failed: 0, skipped: 0 };
  if (without > 0) console.log(`\n${browserAdvice}`);
  if (without > 0 && process.env.CI) result.failed += without;
  else result.skipped += without;
  if (without > 0 && !process.env.CI) console.log(`${without} browser tests were skipped.`);

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

/**
 * @param {string[]} args
 * @param {string} [browser]
 */
async function runTests(args, browser) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "antiphon-report-"));
  const report = path.join(folder, "report.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    // Tests talk to nobody outside. That each of their processes reads certificates for it would take as long as its start.
    const quick = { NODE_EXTRA_CA_CERTS: "" };
    const { code } = await run(process.execPath, [commandOf("vitest"), "run", ...reporters, ...args], {
      show: true,
      env: { ...quick, ...(browser === undefined ? {} : { CHROMIUM: browser }) },
    });
    const result = existsSync(report) ? readReport(report) : { passed: 0, failed: 0, skipped: 0 };
    // What is no test's failure counts as one: a file that does not load, an error nobody caught.
    if (code !== 0) result.failed = Math.max(result.failed, 1);
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
function readReport(file) {
  const report = JSON.parse(readFileSync(file, "utf8"));
  /** @type {{ status: string, assertionResults: unknown[] }[]} */
  const files = report.testResults;
  const broken = files.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
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
