import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** One call that came. */
export interface Call {
  id: string;
  /** From 1. */
  attempt: number;
  body: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Takes whatever it is called with, and remembers it. */
export interface Receiver {
  url: string;
  /** Calls of different ids since `take`. */
  readonly different: number;
  /** What came since it was asked last. */
  take(): Call[];
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  let calls: Call[] = [];
  const ids = new Set<string>();
  const server = createServer((request, response) => {
    const at = Date.now();
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const id = String(request.headers["webhook-id"]);
      ids.add(id);
      const attempt = Number(request.headers["antiphon-attempt"]);
      calls.push({ id, attempt, body: Buffer.concat(chunks).toString(), at });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    url: `http://127.0.0.1:${port}/`,
    get different() {
      return ids.size;
    },
    take() {
      const taken = calls;
      calls = [];
      ids.clear();
      return taken;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
