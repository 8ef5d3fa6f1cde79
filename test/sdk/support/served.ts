import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { patience, until } from "../../support/wire.ts";
import { Script } from "./script.ts";

/** A script of `flows` that serves, in a process of its own, and the lines that its runs noted. */
export class Served {
  readonly notesIn = mkdtempSync(path.join(os.tmpdir(), "antiphon-notes-"));
  script: Script | undefined;

  constructor(readonly file = "served.ts") {}

  async start(url: string, env: Record<string, string> = {}): Promise<Script> {
    const given = { ANTIPHON_API_URL: url, NOTES: this.notesIn, ...env };
    const script = new Script(this.file, [], given, true);
    this.script = script;
    await script.says("Serving ");
    return script;
  }

  notes(runId: string): string[] {
    const file = path.join(this.notesIn, runId);
    return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  }

  /** Resolves when the run has noted this line. */
  async noted(runId: string, line: string | RegExp, milliseconds = 2 * patience): Promise<string> {
    const find = () =>
      this.notes(runId).find((note) => (typeof line === "string" ? note === line : line.test(note)));
    await until(`the run notes ${line}`, () => find() !== undefined, milliseconds).catch((error) => {
      throw new Error(
        `${error.message}; it noted ${this.notes(runId).join(", ")}; the runner said:\n${this.script?.output}`,
      );
    });
    return find() ?? "";
  }

  async close(): Promise<void> {
    await this.script?.stop();
    rmSync(this.notesIn, { recursive: true, force: true });
  }
}
