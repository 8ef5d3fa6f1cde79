import type { GraphQLSchema } from "graphql";
import { WebSocket } from "ws";
import { type App, buildApp } from "../../server/app.ts";
import { readSettings } from "../../server/env.ts";
import { type OpenContext, openContext } from "../../server/open-context.ts";
import { createTemplates } from "../../server/template/templates.ts";
import { createTestDatabase } from "./database.ts";
import { patientPool } from "./templates.ts";

/** A server of a test's own, on a free port, with a database of its own unless one is given. */
export interface TestServer {
  /** Such as `http://127.0.0.1:34567`. */
  origin: string;
  /** Its API. */
  url: string;
  port: number;
  app: App;
  context: OpenContext["context"];
  /** What was reported instead of being told to clients. */
  reports: { what: string; cause: unknown }[];
  close(): Promise<void>;
}

/** A key, so that none is made in the data folder. */
const secretKey = Buffer.alloc(32).toString("base64");

/** Settings of a server that waits long for processes that judge answers. */
export const patientEnv = { ANTIPHON_VALIDATION_TIMEOUT: "60" };

export interface TestServerOptions {
  schema: GraphQLSchema;
  /** As the environment has them, such as `{ ANTIPHON_MAX_DEPTH: "5" }`. */
  env?: Record<string, string>;
  databaseUrl?: string;
  /** Default: any. */
  port?: number;
}

export async function startTestServer(options: TestServerOptions): Promise<TestServer> {
  const database = options.databaseUrl === undefined ? await createTestDatabase() : undefined;
  const settings = readSettings({ ...patientEnv, PORT: "0", ANTIPHON_SECRET_KEY: secretKey, ...options.env });
  const reports: TestServer["reports"] = [];
  const report = (what: string, cause: unknown) => void reports.push({ what, cause });
  const opened = await openPatiently(options.databaseUrl ?? database?.url ?? "", settings, report);
  const app = buildApp({ schema: options.schema, context: opened.context, report });
  const port = await app.listen(settings.host, options.port ?? 0);
  app.setReady();
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    url: `${origin}/graphql`,
    port,
    app,
    context: opened.context,
    reports,
    async close() {
      await app.close();
      await opened.close();
      await database?.drop();
    },
  };
}

/** What `openContext` opens, with templates that are given time. */
export async function openPatiently(...args: Parameters<typeof openContext>): Promise<OpenContext> {
  const opened = await openContext(...args);
  const { context } = opened;
  await context.templates.close();
  context.templates = createTemplates({ publicUrl: () => context.settings.publicUrl, pool: patientPool() });
  return {
    ...opened,
    async close() {
      await context.templates.close();
      await opened.close();
    },
  };
}

/**
 * How long a test waits for something that must come, in milliseconds: it costs nothing where all is well, and a busy
 * machine takes its time.
 */
export const patience = 30_000;

/** Rejects with `what` if it takes too long. */
export async function within<T>(what: string, promise: Promise<T>, milliseconds = patience): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${milliseconds} ms: ${what}`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Looks again and again until it is so. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, milliseconds = patience) {
  const end = Date.now() + milliseconds;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`not within ${milliseconds} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: unknown; extensions?: Record<string, unknown> }[];
}

/** Asks over HTTP. */
export async function ask(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(patience),
  });
  return response.json() as Promise<Answer>; // what a GraphQL server answers
}

/** A message of the protocol graphql-transport-ws. */
export interface Message {
  id?: string;
  type: string;
  payload?: unknown;
}

/** A client of the protocol that does nothing by itself. */
export class SocketClient {
  readonly received: Message[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  #news: (() => void)[] = [];
  #operations = 0;

  private constructor(readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => {
      socket.on("close", (code, reason) => {
        resolve({ code, reason: String(reason) });
        this.#wake();
      });
    });
    socket.on("error", () => undefined);
    socket.on("message", (data) => {
      this.received.push(JSON.parse(String(data)));
      this.#wake();
    });
  }

  /** @param headers such as an Origin; rejects if the server refuses the upgrade */
  static async connect(url: string, headers: Record<string, string> = {}): Promise<SocketClient> {
    const socket = new WebSocket(url.replace("http", "ws"), "graphql-transport-ws", { headers });
    const client = new SocketClient(socket);
    await within(
      "the socket opens",
      new Promise<void>((resolve, reject) => {
        socket.once("open", resolve);
        socket.once("error", reject);
      }),
    );
    client.send({ type: "connection_init" });
    await client.next((message) => message.type === "connection_ack");
    return client;
  }

  send(message: Message): void {
    this.socket.send(JSON.stringify(message));
  }

  /** @returns the operation's id */
  subscribe(query: string, variables: Record<string, unknown> = {}, id = `op-${this.#operations++}`): string {
    this.send({ id, type: "subscribe", payload: { query, variables } } as Message);
    return id;
  }

  /** Takes the first message that is so, received or still to come. */
  async next(isWanted: (message: Message) => boolean = () => true): Promise<Message> {
    for (;;) {
      const at = this.received.findIndex(isWanted);
      if (at >= 0) return this.received.splice(at, 1)[0] ?? { type: "" };
      if (this.socket.readyState === WebSocket.CLOSED) throw new Error("the socket closed instead");
      await within("a message on the socket", new Promise<void>((resolve) => this.#news.push(resolve)));
    }
  }

  /** Takes the payloads of the next results of an operation. */
  async results(id: string, count: number): Promise<Answer[]> {
    const answers: Answer[] = [];
    while (answers.length < count)
      answers.push(
        (await this.next((message) => message.id === id && message.type === "next")).payload as Answer,
      );
    return answers;
  }

  async close(): Promise<void> {
    this.socket.close();
    await within("the socket closes", this.closed);
  }

  #wake(): void {
    for (const resolve of this.#news.splice(0)) resolve();
  }
}

/** Events of a stream over HTTP, one after the other. */
export class EventClient {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = "";

  private constructor(
    readonly response: Response,
    private readonly abort: AbortController,
  ) {
    if (response.body === null) throw new Error("the response has no body");
    this.#reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  }

  static async open(
    url: string,
    query: string,
    variables: Record<string, unknown> = {},
  ): Promise<EventClient> {
    const abort = new AbortController();
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ query, variables }),
      signal: abort.signal,
    });
    return new EventClient(response, abort);
  }

  /** @returns the next event; comments are passed over */
  async next(): Promise<{ event: string; data: Answer | undefined }> {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end < 0) {
        const { done, value } = await within("an event", this.#reader.read());
        if (done) throw new Error("the stream ended");
        this.#text += value;
        continue;
      }
      const lines = this.#text.slice(0, end).split("\n");
      this.#text = this.#text.slice(end + 2);
      const field = (name: string) =>
        lines
          .find((line) => line.startsWith(`${name}:`))
          ?.slice(name.length + 1)
          .trim();
      const event = field("event");
      if (event !== undefined)
        return { event, data: field("data") ? JSON.parse(field("data") ?? "") : undefined };
    }
  }

  close(): void {
    this.abort.abort();
  }
}
