import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { onTestFinished } from "vitest";
import { patience, until } from "../../support/wire.ts";

const root = path.join(import.meta.dirname, "../../..");
const script = path.join(root, "sdk/bin/antiphon.mjs");

/** `antiphon …` as somebody runs it in a shell, from what was built; ended after the test at the latest. */
export class Command {
  /** What it has written for programs and people, and what it has complained about. */
  out = "";
  err = "";
  readonly exited: Promise<number | null>;
  readonly #process: ChildProcess;

  constructor(args: readonly string[], { input = "", cwd = root, bin = script } = {}) {
    this.#process = spawn(process.execPath, [bin, ...args], {
      cwd,
      env: { ...process.env, NODE_OPTIONS: "" },
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#process.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.out += text;
    });
    this.#process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.err += text;
    });
    this.#process.stdin?.on("error", () => undefined).end(input);
    this.exited = new Promise((resolve) => this.#process.once("close", resolve));
    onTestFinished(async () => {
      this.#process.kill("SIGKILL");
      await this.exited;
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Waits until it has written so many lines, and gives them. */
  async lines(count: number): Promise<string[]> {
    const found = () => this.out.split("\n").slice(0, -1);
    await until(`${count} lines`, () => found().length >= count, 2 * patience).catch((error) => {
      throw new Error(`${error.message}; it wrote:\n${this.out}\n${this.err}`);
    });
    return found();
  }
}

/** What a command came to. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs `antiphon …` to its end. */
export async function antiphonCommand(
  args: readonly string[],
  options: { input?: string; cwd?: string } = {},
): Promise<Ended> {
  const command = new Command(args, options);
  const code = await command.exited;
  return { code, out: command.out, err: command.err };
}
