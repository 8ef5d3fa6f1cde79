import os from "node:os";
import { ApiError, ConnectionError } from "../../client/errors.ts";
import { startWorker } from "../../worker/start-worker.ts";
import { Failure } from "../failure.ts";
import { readCount } from "../read-count.ts";
import { createdWorkPool } from "../work-pool/change.ts";
import { knownWorkPool } from "../work-pool/find.ts";

interface StartOptions {
  pool: string;
  queue?: string[];
  limit?: string;
  name?: string;
}

/** `antiphon worker start` */
export async function start(options: StartOptions): Promise<void> {
  const { pool, queue = [], name = `${os.hostname()}-${process.pid}` } = options;
  const limit = readCount("--limit", options.limit);
  const known = await knownWorkPool(pool);
  if (known === null) {
    await createdWorkPool({ name: pool });
    console.log(`There was no work pool ${pool}: it was made, of type process.`);
  }
  try {
    await startWorker({ name, pool: known?.name ?? pool, queues: queue, limit });
  } catch (error) {
    if (error instanceof ApiError || error instanceof ConnectionError) throw new Failure(error.message);
    throw error;
  }
}
