import { type Client, createClient } from "graphql-ws";
import type { ConnectionStore } from "./connection.ts";

const pingEveryMs = 10_000;
const pongWithinMs = 5_000;
const longestWaitMs = 10_000;

/** The page's socket to `/graphql`: opened by the first subscription, and again for as long as there is one. */
export function openSocket(store: ConnectionStore): Client {
  let silent: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: waitToRetry,
    connectionAckWaitTimeout: 10_000,
    keepAlive: pingEveryMs,
    lazyCloseTimeout: 3_000,
    on: {
      connected: () => store.connected(),
      closed: () => {
        clearTimeout(silent);
        store.lost(Date.now());
      },
      ping: (received) => {
        if (!received) silent = setTimeout(() => client.terminate(), pongWithinMs);
      },
      pong: (received) => {
        if (received) clearTimeout(silent);
      },
    },
  });
  // The system knows before any ping does.
  addEventListener("offline", () => client.terminate());
  return client;
}

/** Longer after each failure, a little different for each page, and at once when the system says that the network is back. */
function waitToRetry(retries: number): Promise<void> {
  const most = Math.min(longestWaitMs, 500 * 2 ** retries);
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, most / 2 + (Math.random() * most) / 2);
    addEventListener("online", go);
  });
}
