import type { ConnectionStore } from "./connection.ts";

const firstWaitMs = 500;
const longestWaitMs = 2_000;

/**
 * Longer after each failure, a little different for each page, and over at once when the system says that the network is back or the
 * server answers a request.
 */
export function waitToRetry(store: Pick<ConnectionStore, "onAnswer">, retries: number): Promise<void> {
  const most = Math.min(longestWaitMs, firstWaitMs * 2 ** retries);
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener("online", go);
      forget();
      resolve();
    };
    const timer = setTimeout(go, most / 2 + (Math.random() * most) / 2);
    addEventListener("online", go);
    const forget = store.onAnswer(go);
  });
}
