import { Runner } from "../serve/runner.ts";
import { PoolWork, type WorkerOptions } from "./pool-work.ts";

/** Runs the runs of a work pool until it is stopped by SIGINT or SIGTERM. */
export async function startWorker(options: WorkerOptions): Promise<void> {
  const { limit } = options;
  await new Runner(new PoolWork(options), { limit, pauseOnShutdown: false, signal: null }).run();
}
