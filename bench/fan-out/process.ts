import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";

/** What a process of the bench can be asked for. */
type Calls = Record<string, (...args: never[]) => unknown>;

/** In a child: answers what the parent asks for. */
export function onCall(calls: Calls): void {
  process.on("message", async ({ name, args }: { name: string; args: never[] }) => {
    try {
      process.send?.({ value: await calls[name]?.(...args) });
    } catch (error) {
      process.send?.({ error: error instanceof Error ? error.stack : String(error) });
    }
  });
  process.on("disconnect", () => process.exit());
  if (!process.connected) process.exit(); // it was gone before all of this was loaded
}

/** A child of the bench; one call at a time. */
export class Child {
  readonly #child: ChildProcess;

  constructor(file: string) {
    this.#child = fork(path.join(import.meta.dirname, file), {
      execArgv: [...process.execArgv, "--expose-gc"],
      env: { ...process.env, NODE_ENV: "production" },
    });
  }

  call<T>(name: string, ...args: unknown[]): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (answer: { value?: T; error?: string }) => {
        this.#child.off("exit", died);
        if (answer.error === undefined)
          resolve(answer.value as T); // what the child's function of this name returns
        else reject(new Error(answer.error));
      };
      const died = (code: number | null) =>
        reject(new Error(`a process of the bench ended (${code}) at ${name}`));
      this.#child.once("message", settle);
      this.#child.once("exit", died);
      this.#child.send({ name, args });
    });
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.disconnect();
    await ended;
  }
}

/** The memory that this process has of the machine, after garbage was collected. In bytes. */
export async function residentMemory(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return process.memoryUsage.rss();
}
