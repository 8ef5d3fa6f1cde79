import { type Client, createClient } from "graphql-ws";
import type { ConnectionStore } from "./connection.ts";
import { waitToRetry } from "./wait-to-retry.ts";

const pingEveryMs = 10_000;
const pongWithinMs = 5_000;

/** The page's socket to `/graphql`: opened by the first subscription, and again for as long as there is one. */
export function openSocket(store: ConnectionStore): Client {
  let silent: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: () => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/graphql`,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => waitToRetry(store, retries),
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
