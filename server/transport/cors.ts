import type { IncomingMessage, ServerResponse } from "node:http";

/** Lets a page whose origin was accepted read the response. */
export function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("vary", "origin");
  const { origin } = request.headers;
  if (origin !== undefined) response.setHeader("access-control-allow-origin", origin);
}

/** Answers a browser that asks whether it may send a page's request. */
export function preflight(request: IncomingMessage, response: ServerResponse): void {
  const asked = request.headers["access-control-request-headers"];
  response.writeHead(204, {
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": asked ?? "content-type, accept, authorization",
    "access-control-max-age": "600",
    allow: "GET, POST, OPTIONS",
  });
  response.end();
}
