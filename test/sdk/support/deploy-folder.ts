import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { onTestFinished } from "vitest";
import { antiphonCommand, type Ended } from "./command.ts";

const root = path.join(import.meta.dirname, "../../..");

/** A folder with a deployment file and its flows, in which the package `antiphon` is found; gone after the test. */
export class DeployFolder {
  readonly folder = mkdtempSync(path.join(root, "node_modules", ".antiphon-deploy-"));

  constructor(files: Record<string, string> = {}) {
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }));
    this.write({ "package.json": `{ "type": "module" }`, ...files });
  }

  write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(this.folder, name)), { recursive: true });
      writeFileSync(path.join(this.folder, name), text);
    }
  }

  /** Runs `antiphon …` in it, to its end. */
  antiphon(...args: string[]): Promise<Ended> {
    return antiphonCommand(args, { cwd: this.folder });
  }
}
