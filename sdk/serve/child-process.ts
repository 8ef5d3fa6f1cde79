import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { childEnvironment, type ToChild, type ToRunner } from "./assignment.ts";
import type { ChildCommand } from "./command.ts";

/** Between the request to end and the end by force. */
const patienceMs = 10_000;

/** How a child ended. `ready`: its script had reached `serve`. `unstarted`: why there never was a process; null where there was. */
export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  ready: boolean;
  unstarted: string | null;
}

/** A process that loads the script or the entry point of a flow, with a process group of its own, and waits in it for one run. */
export class RunnerChild {
  readonly exited: Promise<ChildExit>;
  readonly #process: ChildProcess;
  #ready = false;
  #unsent: ToChild[] = [];
  #ending = false;

  constructor({ command, args, cwd, env }: ChildCommand) {
    this.#process = spawn(command, args, {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      detached: true,
      cwd,
      env: { ...process.env, ...env, ...childEnvironment },
    });
    this.#process.on("message", (message: ToRunner) => {
      if (message.type !== "ready") return;
      this.#ready = true;
      for (const unsent of this.#unsent.splice(0)) this.tell(unsent);
    });
    this.exited = new Promise((resolve) => {
      const end = (code: number | null, signal: NodeJS.Signals | null, unstarted: string | null) => {
        this.#kill("SIGKILL"); // what it started and left behind
        resolve({ code, signal, ready: this.#ready, unstarted });
      };
      this.#process.once("exit", (code, signal) => end(code, signal, null));
      this.#process.once("error", (error: NodeJS.ErrnoException) => {
        const reason = reasonOf(error, command, cwd);
        console.error("antiphon: a process for a run could not be started:", reason);
        end(null, null, reason);
      });
    });
  }

  /** Says it as soon as the child listens. */
  tell(message: ToChild): void {
    if (!this.#ready) this.#unsent.push(message);
    else if (this.#process.connected) this.#process.send(message, () => undefined);
  }

  /** Asks the whole group to end, and ends it by force 10 s later. */
  terminate(): void {
    if (this.#ending) return;
    this.#ending = true;
    this.#kill("SIGTERM");
    const force = setTimeout(() => this.#kill("SIGKILL"), patienceMs);
    void this.exited.then(() => clearTimeout(force));
  }

  /** Ends the whole group by force. */
  kill(): void {
    this.#kill("SIGKILL");
  }

  #kill(signal: NodeJS.Signals): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // nothing of the group is left
    }
  }
}

function reasonOf(error: NodeJS.ErrnoException, command: string, cwd: string | undefined): string {
  if (error.code !== "ENOENT") return error.message;
  // Of a folder that is missing the system says the same.
  const missing =
    cwd !== undefined && !existsSync(cwd) ? `folder ${cwd}` : `command ${JSON.stringify(command)}`;
  return `there is no ${missing} (${error.message})`;
}
