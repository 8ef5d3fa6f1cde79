import { onPath } from "./on-path.mjs";
import { run } from "./run.mjs";
import { say } from "./say.mjs";

/**
 * Installs packages of Debian's or Ubuntu's where that may be done without asking: as root, with apt. Whether
 * it worked is seen by what is there afterwards.
 *
 * @param {string} what it is for, in words
 * @param {string[]} packages
 */
export async function tryApt(what, packages) {
  if (process.getuid?.() !== 0 || onPath(["apt-get"]) === undefined) return;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await say(`Tried to install ${packages.join(" and ")} with apt, for ${what}`, async () => {
    await run("apt-get", ["update", "-q"], { env });
    await run("apt-get", ["install", "-y", "-q", "--no-install-recommends", ...packages], { env });
  });
}
