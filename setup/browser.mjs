import { existsSync } from "node:fs";
import { tryApt } from "./apt.mjs";
import { onPath } from "./on-path.mjs";
import { commandOf } from "./root.mjs";
import { run } from "./run.mjs";
import { say } from "./say.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** What to type where no browser could be got. */
export const browserAdvice =
  "No Chromium was found for the browser tests. Set CHROMIUM to one, or install one:\n" +
  "  Debian, Ubuntu: sudo apt-get install chromium\n" +
  "  elsewhere:      npx playwright-core install chromium";

/**
 * Finds a Chromium: the one that CHROMIUM names, one on the path, else one that is installed now, by apt (as
 * root) or by Playwright.
 *
 * @returns {Promise<string | undefined>} its program, or undefined where none can be had
 */
export async function findBrowser() {
  const given = process.env.CHROMIUM;
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`CHROMIUM is ${given}, and there is no such file.`);
  }
  return onPath(names) ?? (await playwrights()) ?? (await byApt()) ?? (await byPlaywright());
}

async function byApt() {
  await tryApt("the browser tests", ["chromium", "fonts-liberation"]);
  return onPath(names);
}

async function byPlaywright() {
  await say("Tried to download Playwright's Chromium, for the browser tests", () =>
    run(process.execPath, [commandOf("playwright-core"), "install", "chromium"]),
  );
  return playwrights();
}

/** The browser that Playwright downloaded, now or earlier. */
async function playwrights() {
  const { chromium } = await import("playwright-core");
  const file = chromium.executablePath();
  return existsSync(file) ? file : undefined;
}
