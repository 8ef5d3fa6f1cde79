import { setTimeout as sleep } from "node:timers/promises";
import { v7 } from "uuid";
import { buildApp } from "../../server/app.ts";
import type { Context } from "../../server/context.ts";
import { readSettings } from "../../server/env.ts";
import { beginFlowRun } from "../../server/flow-run/begin-flow-run.ts";
import { schema } from "../../server/graphql/schema.ts";
import { openContext } from "../../server/open-context.ts";
import { sendInput } from "../../server/run-input/send-input.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { onCall, residentMemory } from "./process.ts";

/** Messages that are being stored at the same time. */
const writers = 64;

const flowRunId = v7();
let context: Context;
let subscribers: () => number = () => 0;
let stop: () => Promise<void> = async () => undefined;

onCall({
  /** Starts the product on a database of its own, with a run to send to. */
  async start() {
    const postgres = await startPostgres();
    const settings = readSettings({ PORT: "0" });
    const report = (what: string, cause: unknown) =>
      console.error(what, cause instanceof Error ? cause.stack : cause);
    const opened = await openContext(postgres.url, settings, report);
    context = { ...opened.context, actor: { kind: "operator" } };
    const app = buildApp({ schema, context: opened.context, report });
    subscribers = () => app.graphql.groups.size;
    await beginFlowRun(context, { run: { id: flowRunId, flowName: "bench" } });
    stop = async () => {
      await app.close();
      await opened.close();
      await postgres.stop();
    };
    return { port: await app.listen("127.0.0.1", 0), flowRunId };
  },
  memory: residentMemory,
  subscribers: () => subscribers(),
  /** Stores messages by the very verb of the API: as fast as it can, or so many in a second. */
  async send(count: number, text: string, perSecond: number | null) {
    const startedAt = performance.timeOrigin + performance.now();
    let sent = 0;
    const write = async () => {
      while (sent < count) {
        sent++;
        const value = { sentAt: performance.timeOrigin + performance.now(), text };
        await sendInput(context, { flowRunId, inputType: "Message", value });
        if (perSecond !== null) await sleep(1000 / perSecond);
      }
    };
    await Promise.all(Array.from({ length: perSecond === null ? writers : 1 }, write));
    return startedAt;
  },
  stop: () => stop(),
});
