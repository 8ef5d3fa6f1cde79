import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { onTestFinished } from "vitest";
import { root } from "./pages.ts";

/** Writes files where the packages of this repository are found, until the test has ended. Gives the folder. */
export function writeScratch(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(root, "node_modules", ".antiphon-docs-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}
