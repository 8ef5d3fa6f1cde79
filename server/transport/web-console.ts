import { existsSync } from "node:fs";
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

export interface WebConsoleOptions {
  root: string;
  host: string;
  port: number;
  execute: Execute;
}

/**
 * The built console, with the API lent to it. It is loaded when a page is first asked for, which takes as long as all else that the
 * server starts with: who only talks to the API has no use for it.
 *
 * @throws where it has not been built
 */
export function openWebConsole(options: WebConsoleOptions): WebConsole {
  const build = path.join(options.root, "web/.next/BUILD_ID");
  if (!existsSync(build)) throw new Error(`There is no ${build}.`);
  let loaded: Promise<WebConsole> | undefined;
  return {
    async handle(request, response) {
      loaded ??= load(options);
      const { handle } = await loaded.catch((error: unknown) => {
        loaded = undefined; // the next request tries again
        throw error;
      });
      await handle(request, response);
    },
    async close() {
      const console = await loaded?.catch(() => undefined);
      await console?.close();
    },
  };
}

async function load({ root, host: hostname, port, execute }: WebConsoleOptions): Promise<WebConsole> {
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  const { default: next } = await import("next");
  const app = next({ dev: false, dir: path.join(root, "web"), hostname, port });
  await app.prepare();
  Reflect.set(globalThis, executeSymbol, execute);
  const handle = app.getRequestHandler();
  return {
    handle: (request, response) => handle(request, response),
    close: () => app.close(),
  };
}
