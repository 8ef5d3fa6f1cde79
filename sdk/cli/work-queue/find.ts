import { suggestion } from "../../../core/document/nearest.ts";
import { Failure, UsageError } from "../failure.ts";
import { type FoundWorkPool, findWorkPool } from "../work-pool/find.ts";

export type FoundWorkQueue = FoundWorkPool["queues"][number];

/** Splits `pool/queue`. */
export function splitName(given: string): { pool: string; queue: string } {
  const [pool = "", queue = "", ...more] = given.split("/");
  if (pool !== "" && queue !== "" && more.length === 0) return { pool, queue };
  throw new UsageError(`${JSON.stringify(given)} is no name of a work queue: it is pool/queue`);
}

/** The queue that is named so; a Failure with what may have been meant where there is none. */
export async function findWorkQueue(given: string): Promise<FoundWorkQueue> {
  const { pool, queue } = splitName(given);
  const { name, queues } = await findWorkPool(pool);
  const found = queues.find((one) => one.name === queue);
  if (found !== undefined) return found;
  const near = suggestion(
    queue,
    queues.map((one) => one.name),
  );
  throw new Failure(`work pool ${name} has no queue ${JSON.stringify(queue)}${near}`);
}
