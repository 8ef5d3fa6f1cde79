import { createClient } from "graphql-ws";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createTestDatabase } from "../support/database.ts";
import { freePort } from "../support/free-port.ts";
import { followLines, Lines, textsOf } from "../support/lines.ts";
import {
  ask,
  EventClient,
  SocketClient,
  startTestServer,
  type TestServer,
  until,
  within,
} from "../support/wire.ts";

let lines: Lines;
let server: TestServer;
beforeEach(async () => {
  lines = new Lines();
  server = await startTestServer({ schema: lines.schema, port: await freePort() });
});
afterEach(async () => {
  await server.close();
  expect(server.app.graphql.groups.size).toBe(0);
});

function write(...texts: string[]): void {
  lines.write(server.context.bus, ...texts);
}

/** Waits until so many are subscribed. */
function subscribed(count: number): Promise<void> {
  return until(`${count} subscribers`, () => server.app.graphql.groups.size === count);
}

describe("a server that stops", () => {
  it("closes sockets so that clients connect again, and cuts streams off", async () => {
    const sockets = await Promise.all(Array.from({ length: 5 }, () => SocketClient.connect(server.url)));
    for (const socket of sockets) socket.subscribe(followLines);
    const events = await EventClient.open(server.url, followLines);
    await subscribed(6);
    const cut = expect(events.next()).rejects.toThrow();
    await within("the server closes", server.app.close());
    await cut;
    for (const socket of sockets) expect((await socket.closed).code).toBe(1012);
    await expect(ask(server.url, "{ count }")).rejects.toThrow();
  });

  it("is found again by a client with its cursor: nothing lost, nothing twice", async () => {
    let after = "0";
    const seen: number[] = [];
    const client = createClient({
      url: server.url.replace("http", "ws"),
      webSocketImpl: WebSocket,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: () => new Promise((resolve) => setTimeout(resolve, 20)),
    });
    let dispose = () => {};
    // As the protocol's client sends the same message again, who wants to go on gives it the cursor at that time.
    const payload = {
      query: followLines,
      get variables() {
        return { after };
      },
    };
    dispose = client.subscribe<{ lines: { seq: number } }>(payload, {
      next: ({ data }) => {
        if (!data) return;
        seen.push(data.lines.seq);
        after = String(data.lines.seq);
      },
      error: () => {},
      complete: () => {},
    });
    for (let round = 0; round < 3; round++) {
      write("a", "b", "c");
      await until("all so far", () => seen.length === lines.lines.length);
      await server.close();
      write("while it was away");
      server = await startTestServer({ schema: lines.schema, port: server.port });
    }
    write("last");
    await until("the last", () => seen.length >= 13);
    expect(seen).toEqual(lines.lines.map(({ seq }) => seq));
    dispose();
    await client.dispose();
  });
});

describe("two servers on one database", () => {
  it("give the subscribers of each what was written at the other", async () => {
    const database = await createTestDatabase();
    const other = await startTestServer({ schema: lines.schema, databaseUrl: database.url });
    const third = await startTestServer({ schema: lines.schema, databaseUrl: database.url });
    const client = await SocketClient.connect(other.url);
    const id = client.subscribe(followLines);
    await until("it is subscribed", () => other.app.graphql.groups.size === 1);
    await ask(third.url, 'mutation { write(text: "from afar") }');
    expect(textsOf(await client.results(id, 1))).toEqual(["from afar"]);
    await client.close();
    await Promise.all([other.close(), third.close()]);
    await database.drop();
  });
});
