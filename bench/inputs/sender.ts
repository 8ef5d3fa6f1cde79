import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { FlowRunConflict, resumeFlowRun, sendInput } from "../../sdk/index.ts";
import { onCall } from "../fan-out/process.ts";
import { now } from "./clock.ts";
import { Sent, text } from "./sent.ts";

let echo: Promise<WebSocket> | undefined;

onCall({
  connect(url: string) {
    process.env.ANTIPHON_API_URL = url;
  },
  /** One after the other, each after a while. */
  async send(flowRunId: string, count: number, gapMs: number) {
    for (let sent = 0; sent < count; sent++) {
      await sendInput({ sentAt: now(), text }, { flowRunId, type: Sent });
      await sleep(gapMs);
    }
  },
  /** Answers one question of a run after the other; one that is not asked yet is tried again. */
  async resume(flowRunId: string, count: number, gapMs: number) {
    for (let resumed = 0; resumed < count; ) {
      await sleep(gapMs * 5);
      try {
        await resumeFlowRun(flowRunId, { sentAt: now(), text });
        resumed++;
      } catch (error) {
        if (!(error instanceof FlowRunConflict)) throw error;
      }
    }
  },
  /** The same by the bare path; returns how long each message took there and back. */
  async bare(port: number, count: number, gapMs: number) {
    echo ??= new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
      socket.once("open", () => resolve(socket));
      socket.once("error", reject);
    });
    const socket = await echo;
    const latencies: number[] = [];
    for (let sent = 0; sent < count; sent++) {
      const sentAt = now();
      const back = new Promise((resolve) => socket.once("message", resolve));
      socket.send(JSON.stringify({ sentAt, text }));
      await back;
      latencies.push(now() - sentAt);
      await sleep(gapMs);
    }
    return latencies;
  },
});
