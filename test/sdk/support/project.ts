import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { patience, until } from "../../support/wire.ts";
import { Command } from "./command.ts";

const root = path.join(import.meta.dirname, "../../..");

/** A folder of somebody's own, in which the built SDK with what it needs, and what is named besides, are installed. */
export class Project {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), "antiphon-project-"));

  constructor(packages: string[] = ["esbuild"]) {
    const modules = path.join(this.folder, "node_modules");
    mkdirSync(modules);
    mkdirSync(path.join(this.folder, "notes"));
    mkdirSync(path.join(modules, "@clack"));
    for (const part of ["bin", "dist", "package.json"])
      cpSync(path.join(root, "sdk", part), path.join(modules, "antiphon", part), { recursive: true });
    for (const name of ["zod", "commander", "ws", "yaml", "@clack/prompts", ...packages])
      symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
    this.write("package.json", JSON.stringify({ type: "module" }));
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.folder, file), text);
  }

  /** What runs wrote into this file of the folder `notes`; empty where none has. */
  note(name: string): string {
    const file = path.join(this.folder, "notes", name);
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  async noted(name: string): Promise<string> {
    await until(`the note ${name}`, () => this.note(name) !== "");
    return this.note(name);
  }

  /** `antiphon worker start` in this folder. */
  async worker(pool: string, ...more: string[]): Promise<Command> {
    const bin = path.join(this.folder, "node_modules/antiphon/bin/antiphon.mjs");
    const worker = new Command(["worker", "start", "--pool", pool, ...more], { cwd: this.folder, bin });
    const isThere = () => worker.out.includes("Stop with Ctrl-C");
    await until("the worker says that it is there", isThere, 2 * patience).catch((error) => {
      throw new Error(`${error.message}; it said:\n${worker.out}\n${worker.err}`);
    });
    return worker;
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
