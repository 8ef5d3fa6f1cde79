import { parentPort, workerData } from "node:worker_threads";
import type { Bus } from "../bus/bus.ts";
import { MemoryBus } from "../bus/memory-bus.ts";
import { createDb } from "../db.ts";
import { newId } from "../new-id.ts";
import { openPool } from "../open-pool.ts";
import { Evaluator } from "./evaluator.ts";
import type { FromThread, ThreadData, ToThread } from "./thread-message.ts";

// The entry of the evaluator's thread: judging a thousand events must not hold up whoever waits for a page.

const port = parentPort;
if (port === null) throw new Error("this is the entry of a thread");
const { databaseUrl, settings } = workerData as ThreadData; // as the server gives it
const tell = (message: FromThread) => port.postMessage(message);
const report = (what: string, cause: unknown) =>
  tell({
    kind: "report",
    what,
    cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
  });

const local = new MemoryBus();
const bus: Bus = {
  notify(...topics) {
    local.notify(...topics);
    tell({ kind: "notify", topics });
  },
  wake: (topic) => local.wake(topic),
  close: () => local.close(),
};
const db = createDb(openPool(databaseUrl, report));
const evaluator = new Evaluator(
  { db, bus, settings, now: () => new Date(), newId, burst: (on) => tell({ kind: "burst", on }) },
  report,
);

port.on("message", (message: ToThread) => {
  if (message.kind === "wake") local.notify(message.topic);
  else void stop();
});

async function stop(): Promise<void> {
  await evaluator.close();
  await db.close();
  port?.close();
}
