import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { onTestFinished } from "vitest";
import { patience, until } from "../../support/wire.ts";

const built = path.join(import.meta.dirname, "../../dist/sdk/flows");

/** A script of `test/sdk/flows`, as the build has made JavaScript of it, run by Node as a user runs it; ended after its test at the latest. */
export class Script {
  output = "";
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  readonly #process: ChildProcess;

  /** @param kept whether it lives on after the test; whoever says so stops it */
  constructor(name: string, args: string[] = [], env: Record<string, string> = {}, kept = false) {
    this.#process = spawn(process.execPath, [path.join(built, name.replace(/\.ts$/, ".js")), ...args], {
      env: { ...process.env, NODE_OPTIONS: "", ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const hear = (text: Buffer) => {
      this.output += text;
    };
    this.#process.stdout?.on("data", hear);
    this.#process.stderr?.on("data", hear);
    this.exited = new Promise((resolve) =>
      this.#process.once("close", (code, signal) => resolve({ code, signal })),
    );
    if (!kept) onTestFinished(() => this.stop());
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Types a line. */
  type(line: string): void {
    this.#process.stdin?.write(`${line}\n`);
  }

  /** Resolves when the output has had this text; a busy machine takes its time to start a process. */
  async says(text: string | RegExp, milliseconds = 2 * patience): Promise<void> {
    const has = () => (typeof text === "string" ? this.output.includes(text) : text.test(this.output));
    await until(`the script says ${text}`, has, milliseconds).catch((error) => {
      throw new Error(`${error.message}; it said:\n${this.output}`);
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  async stop(): Promise<void> {
    this.kill("SIGKILL");
    await this.exited;
  }
}
