import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Bus } from "../bus/bus.ts";
import type { FromThread, ThreadData, ToThread } from "./thread-message.ts";

/** Before a thread that has died is started again, in milliseconds. */
const pause = 1_000;
/** How long it may take to end, in milliseconds. */
const grace = 5_000;

export interface EvaluatorThread {
  close(): Promise<void>;
}

export interface ThreadOptions {
  /** The built file of the thread. */
  entry: URL;
  data: ThreadData;
  bus: Bus;
  /** Told when it begins and ends to store more firings than one portion holds. */
  onBurst: (on: boolean) => void;
  report: (what: string, cause: unknown) => void;
}

/** Runs the evaluator in a thread of its own, with connections of its own, and again where that dies. */
export function startEvaluatorThread(options: ThreadOptions): EvaluatorThread {
  const { bus, report } = options;
  const wake = bus.wake("events");
  const closing = new AbortController();
  let worker: Worker | undefined;
  const tell = (message: ToThread) => worker?.postMessage(message);

  const forwarding = (async () => {
    while (await wake.next()) tell({ kind: "wake", topic: "events" });
  })();

  const running = (async () => {
    while (!closing.signal.aborted) {
      const thread = new Worker(options.entry, { workerData: options.data });
      worker = thread;
      thread.on("message", (message: FromThread) => {
        switch (message.kind) {
          case "notify":
            return bus.notify(...message.topics);
          case "burst":
            return options.onBurst(message.on);
          case "report":
            return report(message.what, message.cause);
        }
      });
      thread.on("error", (cause) => report("The evaluator's thread failed.", cause));
      await new Promise<void>((resolve) => thread.once("exit", () => resolve()));
      worker = undefined;
      options.onBurst(false);
      if (closing.signal.aborted) return;
      report("The evaluator's thread has ended; it is started again.", undefined);
      await sleep(pause, undefined, { signal: closing.signal }).catch(() => undefined);
    }
  })();

  return {
    async close() {
      closing.abort();
      const thread = worker;
      if (thread !== undefined) {
        tell({ kind: "stop" });
        const timer = setTimeout(() => void thread.terminate(), grace);
        await once(thread, "exit").catch(() => undefined);
        clearTimeout(timer);
      }
      wake.close();
      await Promise.all([running, forwarding]);
    },
  };
}
