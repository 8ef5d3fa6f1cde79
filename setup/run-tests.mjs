import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { commandOf, root } from "./root.mjs";
import { run } from "./run.mjs";

/**
 * How many tests came out how.
 *
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/**
 * Of a run: its tests by file, and whether something failed that is no file's, such as an error nobody caught.
 *
 * @typedef {{ files: Map<string, Counts>, otherFailure: boolean }} Outcome
 */

/** Of more files than this it is no accident that they fail. */
const mostTriedAgain = 4;

/**
 * Runs tests. In CI, whose machines may stand still for seconds, a few files that fail are tried once more, each by itself; what passes only
 * then is told.
 *
 * @param {string[]} filters parts of paths of test files; none stands for all
 * @param {string[]} options vitest's
 * @param {string} [browser]
 * @returns {Promise<Counts & { unsteady: string[] }>} `unsteady`: files that passed at their second try
 */
export async function runTests(filters, options, browser) {
  const first = await runOnce([...options, ...filters], browser);
  const failed = failedFiles(first);
  if (!process.env.CI || failed.length === 0 || failed.length > mostTriedAgain)
    return { ...total(first), unsteady: [] };
  console.log(`\nOnce more, by themselves: ${failed.join(", ")}\n`);
  const second = await runOnce(["--no-file-parallelism", ...options, ...failed], browser);
  const { unsteady, ...outcome } = afterSecondTry(first, second);
  return { ...total(outcome), unsteady };
}

/**
 * What holds of files that ran twice is their second try.
 *
 * @param {Outcome} first
 * @param {Outcome} second
 * @returns {Outcome & { unsteady: string[] }}
 */
export function afterSecondTry(first, second) {
  const failed = failedFiles(first);
  const unsteady = failed.filter((file) => second.files.get(file)?.failed === 0);
  const again = failed.flatMap((file) => {
    const counts = second.files.get(file);
    return counts === undefined ? [] : [/** @type {const} */ ([file, counts])];
  });
  const otherFailure = first.otherFailure || second.otherFailure;
  return { files: new Map([...first.files, ...again]), otherFailure, unsteady };
}

/** @param {Outcome} outcome */
function failedFiles({ files }) {
  return [...files].flatMap(([file, { failed }]) => (failed > 0 ? [file] : []));
}

/**
 * @param {Outcome} outcome
 * @returns {Counts}
 */
function total({ files, otherFailure }) {
  const counts = { passed: 0, failed: otherFailure ? 1 : 0, skipped: 0 };
  for (const { passed, failed, skipped } of files.values()) {
    counts.passed += passed;
    counts.failed += failed;
    counts.skipped += skipped;
  }
  return counts;
}

/**
 * @param {string[]} args
 * @param {string} [browser]
 * @returns {Promise<Outcome>}
 */
async function runOnce(args, browser) {
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
    const files = existsSync(report) ? readReport(readFileSync(report, "utf8")) : new Map();
    return { files, otherFailure: code !== 0 && failedFiles({ files, otherFailure: false }).length === 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} text as vitest's JSON reporter writes it
 * @returns {Map<string, Counts>}
 */
export function readReport(text) {
  /** @type {{ testResults: { name: string, status: string, assertionResults: { status: string }[] }[] }} */
  const { testResults } = JSON.parse(text);
  return new Map(
    testResults.map(({ name, status, assertionResults }) => {
      const counted = (/** @type {string} */ which) =>
        assertionResults.filter((test) => test.status === which).length;
      const [passed, failed] = [counted("passed"), counted("failed")];
      const skipped = assertionResults.length - passed - failed;
      // What is no test's failure counts as one: a file that does not load, or does not end as it should.
      return [
        path.relative(root, name),
        { passed, failed: status === "failed" ? Math.max(failed, 1) : failed, skipped },
      ];
    }),
  );
}
