import type { Bus, Wake } from "../bus/bus.ts";
import type { LiveSource, Placed } from "./source.ts";

/** Rows read at once. */
const batch = 100;

/**
 * Every row behind `position`, then every new one, in order, each once, in non-empty batches: the one loop
 * behind every subscription. It reads before it waits, and the wake was made before, so nothing falls between.
 * `return` ends it at once, even while it waits for news; it closes the wake.
 */
export function tailBatches<Row>(
  wake: Wake,
  readAfter: LiveSource<Row>["readAfter"],
  position: number,
): AsyncIterableIterator<Placed<Row>[]> {
  let last = position;
  let ended = false;
  const rows = (async function* () {
    while (!ended) {
      const read = await readAfter(last, batch);
      const newest = read.at(-1);
      if (newest !== undefined) {
        last = newest.position;
        yield read;
      }
      if (read.length < batch && !(await wake.next())) return;
    }
  })();
  // A generator alone would not close while it waits: its `return` queues behind the pending `next`.
  const end = () => {
    ended = true;
    wake.close();
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => rows.next(),
    return: () => {
      end();
      return rows.return(undefined);
    },
    throw: (error) => {
      end();
      return rows.throw(error);
    },
  };
}

/** A source's first rows and then its stream, read for one subscriber alone. Ends at once when it is closed. */
export async function tail<Row>(source: LiveSource<Row>, bus: Bus): Promise<AsyncIterableIterator<Row>> {
  const wake = bus.wake(source.topic);
  const finish = async () => {
    wake.close();
    await source.close?.();
  };
  const opened = await source.open().catch(async (error: unknown) => {
    await finish();
    throw error;
  });
  const batches = tailBatches(wake, (after, limit) => source.readAfter(after, limit), opened.position);
  const rows = (async function* () {
    try {
      yield* opened.first;
      for await (const read of batches) for (const { row } of read) yield row;
    } finally {
      await finish();
    }
  })();
  const iterator: AsyncIterableIterator<Row> = {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => rows.next(),
    return: async () => {
      wake.close();
      return rows.return(undefined);
    },
    throw: (error) => {
      wake.close();
      return rows.throw(error);
    },
  };
  return iterator;
}
