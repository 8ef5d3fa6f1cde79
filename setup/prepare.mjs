import { fingerprint, isFresh, markFresh } from "./fingerprint.mjs";
import { checkNode, ensureInstalled } from "./install.mjs";
import { alone } from "./lock.mjs";
import { say } from "./say.mjs";
import { steps } from "./steps.mjs";

/** @typedef {import("./steps.mjs").StepName} StepName */

/** Those of one group do not need each other, only some of the groups before. */
const order = /** @type {StepName[][]} */ ([
  ["prisma", "codegen", "templates", "flows"],
  ["server", "sdk"],
  ["web"],
]);

/**
 * Brings the checkout to where the packages and the named results are there and fit their sources, and does
 * nothing that is done already.
 *
 * @param {readonly StepName[]} wanted with what they need
 */
export async function prepare(wanted) {
  checkNode();
  /** @type {Set<string>} */
  const all = new Set(wanted.flatMap((name) => [name, ...steps[name].needs]));
  await alone(async () => {
    await ensureInstalled();
    for (const group of order) await settle(group.filter((name) => all.has(name)).map(ensure));
  });
}

/** @param {StepName} name */
async function ensure(name) {
  const { results, inputs, work, done } = steps[name];
  const print = fingerprint(inputs);
  if (results.every((folder) => isFresh(folder, print))) return;
  await say(done, work);
  for (const folder of results) markFresh(folder, print);
}

/**
 * Waits for all, so that none goes on behind a failure's back, and throws the first failure.
 *
 * @param {Promise<void>[]} work
 */
async function settle(work) {
  for (const outcome of await Promise.allSettled(work))
    if (outcome.status === "rejected") throw outcome.reason;
}
