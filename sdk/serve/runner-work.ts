import type { RunnerChild } from "./child-process.ts";
import type { ClaimedRun } from "./running-child.ts";

/** As what a runner registers: who serves deployments, or the worker of a pool. */
export interface RunnerPlace {
  deploymentIds: string[];
  workPool: string | null;
  /** None for all of the pool's. */
  workQueues: string[];
}

/** What a runner runs: the flows that a script serves, or the runs of a pool. */
export interface RunnerWork {
  /** For people. */
  readonly name: string;
  /** Makes it known to the server, for which it waits until the signal is aborted. */
  begin(signal: AbortSignal): Promise<RunnerPlace>;
  /** Tells people, once the runner is registered. */
  welcome(): void;
  /** Starts a process for a run. Rejects with the reason, as a sentence without a full stop, where it can have none. */
  start(run: ClaimedRun): Promise<RunnerChild>;
  /** Starts a process ahead of its run; null where each run needs one of its own. */
  spare(): RunnerChild | null;
  /** The runner has stopped. */
  end(): Promise<void>;
}
