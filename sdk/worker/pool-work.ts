import { existsSync } from "node:fs";
import { RunnerChild } from "../serve/child-process.ts";
import type { RunnerPlace, RunnerWork } from "../serve/runner-work.ts";
import type { ClaimedRun } from "../serve/running-child.ts";
import { Bundler } from "./bundler.ts";
import { runCommand } from "./run-command.ts";

export interface WorkerOptions {
  /** For people. */
  name: string;
  pool: string;
  /** None for all of them. */
  queues: string[];
  limit: number | null;
}

/** The runs of a work pool of type `process`: each loads its deployment's entry point in a process of its own. */
export class PoolWork implements RunnerWork {
  readonly name: string;
  readonly #bundler = new Bundler();

  constructor(private readonly options: WorkerOptions) {
    this.name = options.name;
  }

  async begin(): Promise<RunnerPlace> {
    return { deploymentIds: [], workPool: this.options.pool, workQueues: this.options.queues };
  }

  welcome(): void {
    const { pool, queues, limit } = this.options;
    const runs = queues.length === 0 ? "all its queues" : `its queues ${queues.join(", ")}`;
    const most = limit === null ? "any number of runs" : `at most ${limit} run${limit === 1 ? "" : "s"}`;
    console.log(`Worker ${this.name} of work pool ${pool}: ${runs}, ${most} at once.\nStop with Ctrl-C.`);
  }

  async start(run: ClaimedRun): Promise<RunnerChild> {
    const command = await runCommand(run, this.#bundler);
    const { cwd = "." } = command;
    if (!existsSync(cwd)) throw new Error(`its process is to run in ${cwd}, and there is no such folder`);
    return new RunnerChild(command);
  }

  spare(): null {
    return null;
  }

  end(): Promise<void> {
    return this.#bundler.close();
  }
}
