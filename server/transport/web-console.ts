import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import type { ExecutionResult } from "graphql";

/** What serves the pages. */
export interface WebConsole {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

/** The public API within this process, for pages that are rendered on the server. */
export type Execute = (document: string, variables: Record<string, unknown>) => Promise<ExecutionResult>;

/** Where the pages find it: they are built apart from the server, so they share no module with it. */
const executeSymbol = Symbol.for("antiphon.execute");

/** Makes the built console ready, and lends it the API. */
export async function openWebConsole(options: {
  root: string;
  host: string;
  port: number;
  execute: Execute;
}): Promise<WebConsole> {
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  const { default: next } = await import("next");
  const { host: hostname, port } = options;
  const app = next({ dev: false, dir: path.join(options.root, "web"), hostname, port });
  await app.prepare();
  Reflect.set(globalThis, executeSymbol, options.execute);
  const handle = app.getRequestHandler();
  return {
    handle: (request, response) => handle(request, response),
    close: () => app.close(),
  };
}
