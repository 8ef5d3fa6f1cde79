import os from "node:os";
import type { FlowDeployment } from "../deployment/definition.ts";
import { banner, triggerWarnings } from "./banner.ts";
import { RunnerChild } from "./child-process.ts";
import { childCommand } from "./command.ts";
import { type Registered, registerDeployments } from "./register.ts";
import type { RunnerPlace, RunnerWork } from "./runner-work.ts";

/** The flows that a script serves; each of their runs runs the script again, or the entry point. */
export class ServedFlows implements RunnerWork {
  readonly name = `${os.hostname()}-${process.pid}`;
  #registered: Registered[] = [];

  constructor(
    private readonly deployments: FlowDeployment[],
    private readonly options: { limit: number | null; entrypoint: string },
  ) {}

  async begin(signal: AbortSignal): Promise<RunnerPlace> {
    this.#registered = await registerDeployments(this.deployments, signal);
    const deploymentIds = this.#registered.map(({ deployment }) => deployment.id);
    return { deploymentIds, workPool: null, workQueues: [] };
  }

  welcome(): void {
    console.log(banner(this.#registered, this.options.limit));
    for (const warning of triggerWarnings(this.#registered)) console.warn(warning);
  }

  start(): Promise<RunnerChild> {
    return Promise.resolve(this.spare());
  }

  spare(): RunnerChild {
    return new RunnerChild(childCommand(this.options.entrypoint));
  }

  async end(): Promise<void> {}
}
