import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { getClient, resumeFlowRun, sendInput } from "../../sdk/index.ts";
import { onCall } from "../fan-out/process.ts";
import { now } from "./clock.ts";
import { Sent, text } from "./sent.ts";

const states = "subscription ($id: ID!) { flowRunUpdated(flowRunId: $id) { state { name } pause { key } } }";
interface StateSeen {
  flowRunUpdated: { state: { name: string }; pause: { key: string } | null };
}

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
  /** Answers each question of a run as soon as it is seen. */
  async resume(flowRunId: string, count: number, gapMs: number) {
    const seen = getClient().subscribe<StateSeen>(states, { id: flowRunId });
    let answered: string | undefined;
    for (let resumed = 0; resumed < count; ) {
      const { value } = await seen.next();
      const key = value?.flowRunUpdated.pause?.key;
      if (value?.flowRunUpdated.state.name !== "Paused" || key === answered) continue;
      answered = key;
      await sleep(gapMs);
      await resumeFlowRun(flowRunId, { sentAt: now(), text });
      resumed++;
    }
    await seen.return?.();
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
