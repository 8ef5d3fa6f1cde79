import { spawn } from "node:child_process";
import path from "node:path";
import { expect, onTestFinished } from "vitest";
import { Program } from "../../examples/support/program.ts";
import { DeployFolder } from "../../sdk/support/deploy-folder.ts";

const root = path.join(import.meta.dirname, "../../..");

/** Somebody at a terminal, in the folder of a project. */
export class Terminal extends DeployFolder {
  /** Types `antiphon …`, and gives what it wrote; it must do what it was asked. */
  async types(...args: string[]): Promise<string> {
    const { code, out, err } = await this.antiphon(...args);
    expect({ code, err }, `antiphon ${args.join(" ")}\n${out}`).toEqual({ code: 0, err: "" });
    return out;
  }

  /** Starts `npx tsx <file> …`. */
  runs(file: string, ...args: string[]): Program {
    return this.#start("--import", import.meta.resolve("tsx"), file, ...args);
  }

  /** Makes a work pool, and starts a worker for it in a second terminal. */
  async works(pool: string): Promise<Program> {
    await this.types("work-pool", "create", pool);
    const worker = this.#start(path.join(root, "sdk/bin/antiphon.mjs"), "worker", "start", "--pool", pool);
    await worker.says("Stop with Ctrl-C");
    return worker;
  }

  async emits(event: string, resource: string): Promise<void> {
    await this.types("event", "emit", event, "--resource-id", resource);
  }

  #start(...args: string[]): Program {
    const program = new Program(spawn(process.execPath, args, { cwd: this.folder, env: process.env }));
    onTestFinished(() => program.stop());
    return program;
  }
}
