import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { WebSocketServer } from "ws";
import { onCall, residentMemory } from "./process.ts";

/** What may wait for one client before the broadcast waits for it. Bytes. */
const most = 64 * 1024;

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });

onCall({
  async start() {
    if (server.address() === null) await new Promise((resolve) => server.once("listening", resolve));
    return (server.address() as { port: number }).port; // a TCP server's address
  },
  memory: residentMemory,
  subscribers: () => server.clients.size,
  /** Sends messages of `length` bytes to all: as fast as it can, or so many in a second. */
  async send(count: number, length: number, perSecond: number | null) {
    const startedAt = performance.timeOrigin + performance.now();
    for (let sent = 0; sent < count; sent++) {
      const message = makeMessage(length);
      for (const client of server.clients) client.send(message, { binary: false });
      if (perSecond !== null) await sleep(1000 / perSecond);
      else await nextTurn();
      while (behind()) await sleep(1);
    }
    return startedAt;
  },
});

function behind(): boolean {
  for (const client of server.clients) if (client.bufferedAmount > most) return true;
  return false;
}

function makeMessage(length: number): Buffer {
  const start = `{"sentAt":${performance.timeOrigin + performance.now()},"text":"`;
  return Buffer.from(`${start}${"x".repeat(Math.max(0, length - start.length - 2))}"}`);
}
