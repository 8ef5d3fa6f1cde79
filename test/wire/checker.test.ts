import { randomInt } from "node:crypto";
import { type Client, createClient } from "graphql-ws";
import sql from "sql-template-tag";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { createTestContext } from "../support/context.ts";
import { createTestDatabase } from "../support/database.ts";
import { scheduledRun } from "../support/runs.ts";
import { type ServerProcess, serverProcess } from "../support/server-process.ts";

const runs = 10;
const subscribers = 200;
const writers = 20;
const inputsPerWriter = 1000;

/** Reads one run's inputs to their end, over as many connections as it takes, and keeps what it was given. */
class Subscriber {
  readonly seen: number[] = [];
  cuts = 0;
  #cursor: string | null = null;
  #socket: WebSocket | undefined;
  #client: Client | undefined;
  #ended = false;

  constructor(
    readonly url: string,
    readonly flowRunId: string,
    readonly total: number,
  ) {}

  async readAll(): Promise<void> {
    while (this.seen.length < this.total) {
      await this.#read().catch(() => undefined);
      // Whether it was cut or the server was away: a moment later it comes back with its cursor.
      if (this.seen.length < this.total)
        await new Promise((resolve) => setTimeout(resolve, randomInt(5, 60)));
    }
    this.#ended = true;
    await this.#client?.dispose();
  }

  /** Cuts the connection as a lost network does: no word to the server. */
  cut(): void {
    if (this.#ended || this.#socket === undefined) return;
    this.cuts++;
    this.#socket.terminate();
  }

  #read(): Promise<void> {
    const remember = (socket: WebSocket) => {
      this.#socket = socket;
    };
    class Socket extends WebSocket {
      constructor(...args: ConstructorParameters<typeof WebSocket>) {
        super(...args);
        remember(this);
      }
    }
    const client = createClient({
      url: this.url.replace("http", "ws"),
      webSocketImpl: Socket,
      retryAttempts: 0,
    });
    this.#client = client;
    return new Promise((resolve, reject) => {
      const end = client.subscribe<{ runInputs: { cursor: string; value: number } }>(
        {
          query:
            "subscription ($id: ID!, $after: String) { runInputs(flowRunId: $id, after: $after) { cursor value } }",
          variables: { id: this.flowRunId, after: this.#cursor },
        },
        {
          next: ({ data, errors }) => {
            if (!data) return reject(new Error(JSON.stringify(errors)));
            this.#cursor = data.runInputs.cursor;
            this.seen.push(data.runInputs.value);
            if (this.seen.length === this.total) end();
          },
          error: reject,
          complete: () => resolve(),
        },
      );
    });
  }
}

/** Sends until each input is known to be stored; the key makes repeating harmless. */
async function sendAll(url: string, flowRunId: string, writer: number): Promise<void> {
  const document = `mutation ($id: ID!, $value: JSON, $key: String) {
    sendInput(flowRunId: $id, inputType: "number", value: $value, idempotencyKey: $key) { ... on RunInput { id } ... on Error { message } } }`;
  for (let n = 0; n < inputsPerWriter; n++) {
    const variables = { id: flowRunId, value: writer * inputsPerWriter + n, key: `${writer}-${n}` };
    for (;;) {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: document, variables }),
      })
        .then((response) => response.json())
        .catch(() => undefined);
      if (answer?.data?.sendInput.id) break;
      if (answer?.data?.sendInput.message) throw new Error(answer.data.sendInput.message);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function disturb(
  server: ServerProcess,
  readers: Subscriber[],
  stored: () => Promise<number>,
  total: number,
) {
  const kills = [total * 0.3, total * 0.65];
  // By what is stored, and not by time: where all is slow, connecting again would leave no time for anything else.
  let next = 0;
  for (let at = await stored(); at < total; at = await stored()) {
    if (at >= next) {
      for (let n = 0; n < 10; n++) readers[randomInt(readers.length)]?.cut();
      next = at + total / 400;
    }
    if (at >= (kills[0] ?? Number.POSITIVE_INFINITY)) {
      kills.shift();
      await server.kill();
      await server.start();
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return 2 - kills.length;
}

it("of 20,000 inputs by 20 writers, 200 subscribers that are cut off at random lose none, repeat none, reorder none, while the server is killed twice", async () => {
  const database = await createTestDatabase();
  const ctx = await createTestContext({}, database.url);
  const server = await serverProcess(database.url);
  try {
    await server.start();
    // No process has them, so no lease of theirs ends.
    const ids = await Promise.all(Array.from({ length: runs }, (_, n) => scheduledRun(ctx, `checked-${n}`)));
    const idOf = (n: number) => ids[n % runs] ?? "";
    const perRun = (writers / runs) * inputsPerWriter;
    const readers = Array.from(
      { length: subscribers },
      (_, n) => new Subscriber(server.url, idOf(n), perRun),
    );
    const reading = Promise.all(readers.map((reader) => reader.readAll()));
    const stored = async () => {
      const [row] = await ctx.db.query<{ count: number }>(
        sql`SELECT count(*) AS count FROM run_input WHERE kind = 'MESSAGE'`,
      );
      return row?.count ?? 0;
    };
    const [kills] = await Promise.all([
      disturb(server, readers, stored, writers * inputsPerWriter),
      ...Array.from({ length: writers }, (_, n) => sendAll(server.url, idOf(n), n)),
    ]);
    await reading;
    expect(kills).toBe(2);
    expect(readers.reduce((sum, { cuts }) => sum + cuts, 0)).toBeGreaterThan(200);
    for (const [n, flowRunId] of ids.entries()) {
      const rows = await ctx.db.query<{ value: number }>(sql`
        SELECT value FROM run_input WHERE flow_run_id = ${flowRunId}::uuid ORDER BY seq`);
      const inOrder = rows.map(({ value }) => value);
      expect(inOrder).toHaveLength(perRun);
      for (const reader of readers.filter((_, index) => index % runs === n))
        expect(reader.seen).toEqual(inOrder);
    }
  } finally {
    await server.kill();
    await ctx.close();
    await database.drop();
  }
}, 600_000);
