import { createServer, type IncomingHttpHeaders } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { selfSigned } from "./self-signed.ts";

export interface Received {
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** The name that the client asked for in TLS; false where it did not, and over plain HTTP. */
  serverName: string | false;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

/** An HTTP server of a test's own, which remembers what it was sent. */
export interface Receiver {
  port: number;
  /** Such as `http://127.0.0.1:34567`. */
  origin: string;
  received: Received[];
  /** What the next requests are answered, in this order; 200 without a body where nothing is left. */
  answers: (Answer | "never")[];
  close(): Promise<void>;
}

export async function startReceiver({ tls = false } = {}): Promise<Receiver> {
  const received: Received[] = [];
  const answers: Receiver["answers"] = [];
  const server = tls ? createTlsServer(selfSigned) : createServer();
  server.on("request", (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
        serverName: nameAsked(request.socket),
      });
      const answer = answers.shift() ?? {};
      if (answer === "never") return;
      response.writeHead(answer.status ?? 200, answer.headers);
      response.end(answer.body ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return {
    port,
    origin: `${tls ? "https" : "http"}://127.0.0.1:${port}`,
    received,
    answers,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function nameAsked(socket: object): string | false {
  return "servername" in socket && typeof socket.servername === "string" ? socket.servername : false;
}
