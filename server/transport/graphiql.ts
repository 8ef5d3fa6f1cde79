import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** What the explorer shows first. */
export const defaultQuery = `# Runs that wait for an input, as they begin and stop to wait.
subscription Waiting {
  inputRequested {
    id
    name
    uiUrl
    state {
      name
    }
    awaitedInput {
      key
      description
      schema
    }
  }
}
`;

/** Whether a browser wants to show a page here. */
export function wantsPage(request: IncomingMessage): boolean {
  return request.method === "GET" && (request.headers.accept ?? "").includes("text/html");
}

/** The explorer, which needs nothing from elsewhere. Its 9 MB are made and compressed once, at the first visit. */
export class GraphiQLPage {
  #page: Promise<{ body: Buffer; etag: string }> | undefined;

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#page ??= render();
    const { body, etag } = await this.#page;
    response.setHeader("cache-control", "no-cache");
    response.setHeader("etag", etag);
    response.setHeader("vary", "accept, accept-encoding");
    if (request.headers["if-none-match"] === etag) {
      response.writeHead(304).end();
      return;
    }
    response.setHeader("content-type", "text/html; charset=utf-8");
    if (/\bgzip\b/.test(String(request.headers["accept-encoding"] ?? ""))) {
      response.writeHead(200, { "content-encoding": "gzip", "content-length": body.length }).end(body);
      return;
    }
    const { gunzipSync } = await import("node:zlib");
    response.writeHead(200).end(gunzipSync(body));
  }
}

async function render(): Promise<{ body: Buffer; etag: string }> {
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  const html = renderGraphiQL({ title: "Antiphon API", subscriptionsProtocol: "WS", defaultQuery });
  const body = await promisify(gzip)(html, { level: 6 });
  return { body, etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"` };
}
