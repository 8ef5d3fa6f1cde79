import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { Person } from "../../sdk/support/person.ts";
import { Script } from "../../sdk/support/script.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { type ServerProcess, serverProcess } from "../../support/server-process.ts";
import { ask, patience } from "../../support/wire.ts";
import { untilTakenOver } from "./page.ts";

let launched: Promise<Browser> | undefined;

/** One browser for all files of a process, with which it ends: each window is somebody's own anyway. */
function launchedBrowser(): Promise<Browser> {
  launched ??= chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  return launched;
}

/** The built server with its console, flows that talk to it, and a browser that looks at it. */
export class Console {
  #database: TestDatabase | undefined;
  #server: ServerProcess | undefined;
  #browser: Browser | undefined;
  readonly #contexts: BrowserContext[] = [];
  readonly person = new Person(() => this.server.url);
  /** What the server is started with, from its next start on. */
  readonly env: Record<string, string> = {};
  /** What pages said on their consoles that nobody expected. */
  readonly complaints: string[] = [];

  get server(): ServerProcess {
    if (this.#server === undefined) throw new Error("the server was not started");
    return this.#server;
  }

  async open(): Promise<void> {
    this.#database = await createTestDatabase();
    this.#server = await serverProcess(this.#database.url, this.env);
    await this.#server.start();
    await fetch(this.server.origin); // the first page loads the console: no test's patience is for that
    this.#browser = await launchedBrowser();
  }

  /** A window of somebody's own. */
  async page(path: string, options: { width?: number; dark?: boolean } = {}): Promise<Page> {
    const context = await this.#browser?.newContext({
      viewport: { width: options.width ?? 1280, height: 900 },
      colorScheme: options.dark ? "dark" : "light",
      reducedMotion: "reduce",
    });
    if (context === undefined) throw new Error("the browser was not started");
    this.#contexts.push(context);
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      // A lost connection is said by the browser, too.
      if (message.type() === "error" && !/WebSocket|ERR_/.test(message.text()))
        this.complaints.push(message.text());
    });
    await page.goto(this.server.origin + path);
    await untilTakenOver(page);
    return page;
  }

  /** Asks the API as any program does. */
  async ask(document: string, variables: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const { data, errors } = await ask(this.server.url, document, variables);
    if (errors || !data) throw new Error(errors?.map((error) => error.message).join("; ") ?? "no data");
    return data;
  }

  /** A flow of `flows/asks.ts` in a process of its own; gives its run. */
  async start(flowName: string): Promise<{ script: Script; id: string }> {
    const script = new Script("../../web/flows/asks.ts", [flowName], { ANTIPHON_API_URL: this.server.url });
    await script.says(/^run "(.+)"$/m);
    const id = /^run "(.+)"$/m.exec(script.output)?.[1] ?? "";
    return { script, id };
  }

  async closeWindows(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close();
  }

  async close(): Promise<void> {
    await this.#server?.stop();
    await this.#database?.drop();
  }
}

/** The console of a test file. What its pages complained about fails the test. */
export function useConsole(): Console {
  const console = new Console();
  beforeAll(() => console.open());
  afterEach(async () => {
    await console.closeWindows();
    const complaints = console.complaints.splice(0);
    if (complaints.length > 0) throw new Error(`the pages complained: ${complaints.join("; ")}`);
  });
  afterAll(() => console.close());
  return console;
}
