import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { GraphQLSchema } from "graphql";
import type { Context } from "./context.ts";
import { ordinaryBytes } from "./transport/bulk.ts";
import { allowOrigin, preflight } from "./transport/cors.ts";
import { GraphiQLPage, wantsPage } from "./transport/graphiql.ts";
import { createGraphQL, type GraphQLService, type Report } from "./transport/graphql.ts";
import { createOriginPolicy } from "./transport/origin.ts";
import { Sockets } from "./transport/sockets.ts";
import { UnderWay } from "./transport/under-way.ts";
import type { Execute, WebConsole } from "./transport/web-console.ts";
import { createWebhookService } from "./transport/webhooks.ts";

export interface AppOptions {
  schema: GraphQLSchema;
  /** What each operation's context begins with. */
  context: Omit<Context, "actor">;
  /** Told of everything that clients are not told. */
  report: Report;
}

/** The server as it is seen from outside, on one port. */
export interface App {
  /** @returns the port; another one than asked for where that was 0 */
  listen(host: string, port: number): Promise<number>;
  /** Serves the pages of the console from now on; until then, and without one, there are none. */
  setConsole(console: WebConsole): void;
  /** `/readyz` is true from now on. */
  setReady(): void;
  /** The public API, within this process. */
  execute: Execute;
  graphql: GraphQLService;
  /** How many sockets are open. */
  sockets(): number;
  /** Takes nothing new, tells clients to come back, lets requests finish, and ends what does not. */
  close(): Promise<void>;
}

/** How long requests may go on when the server stops, in milliseconds. */
const grace = 5_000;

/** Puts the HTTP server together: the API at `/graphql` in all its forms, webhooks, health checks, and the console. */
export function buildApp(options: AppOptions): App {
  const { report } = options;
  const { settings } = options.context;
  const underWay = new UnderWay();
  const graphql = createGraphQL({ ...options, underWay });
  const webhooks = createWebhookService(options);
  const sockets = new Sockets({
    graphql,
    maxPayload: Math.min(settings.maxRequestBytes, ordinaryBytes),
    report,
  });
  const policy = createOriginPolicy(settings);
  const graphiql = new GraphiQLPage();
  /** Requests that are being answered; when it stops, connections without one are of no use. */
  let requests = 0;
  let pages: WebConsole | undefined;
  let ready = false;
  let closing = false;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request);
    if (path === "/healthz") return text(response, 200, "ok");
    if (path === "/readyz") return ready ? text(response, 200, "ready") : text(response, 503, "not ready");
    if (closing) response.setHeader("connection", "close");
    if (path === undefined) return refuse(response, 400, "The request's host or path cannot be read.");
    // From anywhere: what proves a request is its signature, and no cookie is looked at.
    if (path.startsWith("/hooks/")) return underWay.run(() => webhooks.handle(request, response, path));
    const refusal = policy.refusal(request.headers);
    if (refusal !== undefined) return refuse(response, 403, refusal);
    if (path === "/graphql" || path === "/graphql/") {
      allowOrigin(request, response);
      if (request.method === "OPTIONS") return preflight(request, response);
      if (wantsPage(request)) return graphiql.serve(request, response);
      await graphql.yoga.requestListener(request, response);
      return;
    }
    if (pages !== undefined) return pages.handle(request, response);
    refuse(response, 404, `There is nothing at ${path}.`);
  };

  const server = createServer((request, response) => {
    requests++;
    response.once("close", () => requests--);
    handle(request, response).catch((error: unknown) => {
      report(`${request.method} ${request.url} failed.`, error);
      if (response.headersSent) response.destroy();
      else refuse(response, 500, "Unexpected error.");
    });
  });
  server.keepAliveTimeout = 65_000;

  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on("error", () => stream.destroy());
    const refusal = policy.refusal(request.headers);
    if (refusal !== undefined) return refuseUpgrade(stream, "403 Forbidden", refusal);
    if (closing) return refuseUpgrade(stream, "503 Service Unavailable", "The server is stopping.");
    if (!/^\/graphql\/?$/.test(pathOf(request) ?? ""))
      return refuseUpgrade(stream, "404 Not Found", "Sockets are at /graphql.");
    sockets.upgrade(request, stream, head);
  });

  return {
    graphql,
    sockets: () => sockets.size,
    setConsole: (console) => {
      pages = console;
    },
    setReady: () => {
      ready = true;
    },
    execute: async (document, variables) => {
      const enveloped = graphql.yoga.getEnveloped({ params: { query: document, variables } });
      const parsed = enveloped.parse(document);
      const errors = enveloped.validate(enveloped.schema, parsed);
      if (errors.length > 0) return { errors };
      const contextValue = await enveloped.contextFactory();
      return enveloped.execute({
        schema: enveloped.schema,
        document: parsed,
        variableValues: variables,
        contextValue,
      });
    },
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, host, () => {
          server.off("error", reject);
          resolve((server.address() as AddressInfo).port); // a TCP server's address
        });
      }),
    async close() {
      if (closing) return;
      closing = true;
      ready = false;
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      // Cut off rather than completed: an ended stream would not be asked for again.
      for (const stream of graphql.streams) stream.destroy();
      await sockets.close();
      graphql.groups.close();
      // A request whose client has gone, too: what it does needs the database until it is done.
      const busy = () => requests > 0 || underWay.count > 0;
      for (const end = Date.now() + grace; busy() && Date.now() < end; ) await sleep(10);
      server.closeAllConnections();
      await stopped;
      await webhooks.close();
      await pages?.close();
    },
  };
}

function pathOf(request: IncomingMessage): string | undefined {
  const url = `http://${request.headers.host ?? "localhost"}${request.url ?? ""}`;
  return request.url?.startsWith("/") && URL.canParse(url) ? new URL(url).pathname : undefined;
}

function text(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(`${body}\n`);
}

/** In the form of GraphQL, which is what most who call here read. */
function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify({ errors: [{ message }] }));
}

function refuseUpgrade(stream: Duplex, status: string, message: string): void {
  const body = `${message}\n`;
  stream.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
