import { randomUUID } from "node:crypto";
import { LightSocket } from "./light-socket.ts";
import { onCall } from "./process.ts";

/** One message in so many is looked into; the others are only counted. */
const looked = 20;

const sockets: LightSocket[] = [];
let received = 0;
let acknowledged = 0;
let lastAt = 0;
let latencies: number[] = [];

function countMessage(payload: Buffer): void {
  received++;
  lastAt = performance.timeOrigin + performance.now();
  if (received % looked !== 0) return;
  const sentAt = /"sentAt":([\d.]+)/.exec(payload.toString("latin1"))?.[1];
  if (sentAt !== undefined) latencies.push(lastAt - Number(sentAt));
}

async function open(port: number, subscribe: { query: string; variables: unknown } | null): Promise<void> {
  const socket = await LightSocket.open(port, "/graphql", "graphql-transport-ws", (payload) => {
    if (payload.length < 100 && payload.includes('"connection_ack"')) acknowledged++;
    else countMessage(payload);
  });
  sockets.push(socket);
  if (subscribe !== null) socket.send(JSON.stringify({ type: "connection_init" }));
}

onCall({
  /** Opens sockets, and subscribes on each unless `subscribe` is null. */
  async connect(port: number, count: number, subscribe: { query: string; variables: unknown } | null) {
    for (let left = count; left > 0; left -= 100)
      await Promise.all(Array.from({ length: Math.min(100, left) }, () => open(port, subscribe)));
    if (subscribe === null) return;
    while (acknowledged < count) await new Promise((resolve) => setTimeout(resolve, 10));
    received = 0;
    for (const socket of sockets)
      socket.send(JSON.stringify({ id: randomUUID(), type: "subscribe", payload: subscribe }));
  },
  /** Begins to count anew. */
  reset() {
    received = 0;
    latencies = [];
  },
  /** Waits for so many messages. `lastAt` is when the last of them came, in milliseconds since 1970. */
  async results(count: number) {
    for (const end = Date.now() + 120_000; received < count; ) {
      if (Date.now() > end) throw new Error(`${received} of ${count} messages came`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const sorted = latencies.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
    return { received, lastAt, p50: at(0.5), p99: at(0.99) };
  },
});
