import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { onTestFinished } from "vitest";
import { within } from "../../support/wire.ts";

const root = path.join(import.meta.dirname, "../../..");
/** How long a test waits for a process, which a busy machine takes its time to start. Milliseconds. */
export const patience = 60_000;

/** A program at the other end of two pipes. */
export class Program {
  /** All that it has written, errors too. */
  output = "";
  /** Its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly #process: ChildProcess;
  #news: (() => void)[] = [];

  constructor(process: ChildProcess) {
    this.#process = process;
    const hear = (text: string) => {
      this.output += text;
      for (const resolve of this.#news.splice(0)) resolve();
    };
    process.stdout?.setEncoding("utf8").on("data", hear);
    process.stderr?.setEncoding("utf8").on("data", hear);
    this.ended = new Promise((resolve) =>
      process.once("close", (code) => {
        resolve(code);
        hear("");
      }),
    );
  }

  /** Writes to its standard input, as somebody who types. */
  type(text: string): void {
    this.#process.stdin?.write(text);
  }

  /** Ends its standard input, as the end of a file does. */
  endInput(): void {
    this.#process.stdin?.end();
  }

  /** Waits until it has written the text so many times, and gives the (last of the) lines that have it. */
  async says(text: string, times = 1): Promise<string> {
    const lines = () => this.output.split("\n").filter((line) => line.includes(text));
    const heard = async () => {
      while (lines().length < times) {
        if (this.#process.exitCode !== null) throw new Error(`it ended with code ${this.#process.exitCode}`);
        await new Promise<void>((resolve) => this.#news.push(resolve));
      }
      return lines().at(-1) ?? "";
    };
    return within(`a line with ${JSON.stringify(text)}`, heard(), patience).catch((error) => {
      throw new Error(`${error.message}. It wrote:\n${this.output}`);
    });
  }

  /** Waits until it has ended by itself, in good order. */
  async ends(): Promise<void> {
    const code = await within("the program ends", this.ended, patience).catch((error) => {
      throw new Error(`${error.message}. It wrote:\n${this.output}`);
    });
    if (code !== 0) throw new Error(`it ended with code ${code}. It wrote:\n${this.output}`);
  }

  /** Ends it as Ctrl-C does, by force if it does not. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill("SIGINT");
    const force = setTimeout(() => this.#process.kill("SIGKILL"), patience);
    await this.ended;
    clearTimeout(force);
  }
}

/** What `npm run example -- <name> <args>` runs, against this API; ended with the test. */
export function runExample(url: string, name: string, ...args: string[]): Program {
  const script = path.join("examples", `${name}.ts`);
  const program = new Program(
    spawn(process.execPath, ["--import", import.meta.resolve("tsx"), script, ...args], {
      cwd: root,
      env: { ...process.env, ANTIPHON_API_URL: url },
    }),
  );
  onTestFinished(() => program.stop());
  return program;
}
