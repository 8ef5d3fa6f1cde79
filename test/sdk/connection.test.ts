import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { Connection } from "../../sdk/client/connection.ts";
import { ConnectionError, getClient } from "../../sdk/index.ts";
import { freePort } from "../support/free-port.ts";

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function listening(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`; // it listens on TCP
}

/** A server that opens sockets, and then does this with each. */
function sockets(behave: (socket: WebSocket) => void, protocol = "graphql-transport-ws"): Promise<string> {
  const server = createServer();
  const upgrade = new WebSocketServer({ server, handleProtocols: () => protocol });
  upgrade.on("connection", behave);
  return listening(server);
}

/** Upgrades are answered so, by whatever it is that is there. */
async function upgrades(answer: string | null): Promise<string> {
  const server = createServer();
  server.on("upgrade", (_, socket) => {
    if (answer === null) socket.destroy();
    else socket.end(answer);
  });
  return listening(server);
}

/** Welcomes a client, and does this with what it asks next. */
const welcoming = (then: (socket: WebSocket) => void) => (socket: WebSocket) => {
  socket.once("message", () => {
    socket.send('{"type":"connection_ack"}');
    socket.once("message", () => then(socket));
  });
};

interface Case {
  what: string;
  url: () => Promise<string>;
  /** What the error says. */
  says: string;
}

const cases: Case[] = [
  {
    what: "nobody listens",
    url: async () => `http://127.0.0.1:${await freePort()}/graphql`,
    says: "connect ECONNREFUSED",
  },
  {
    what: "the handshake is refused",
    url: () => upgrades("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n"),
    says: "Unexpected server response: 503",
  },
  { what: "the handshake is cut off", url: () => upgrades(null), says: "socket hang up" },
  {
    what: "what is there is no HTTP",
    url: () => upgrades("220 mail.example.com ESMTP\r\n"),
    says: "Parse Error",
  },
  {
    what: "another protocol is spoken",
    url: () => sockets(() => undefined, "graphql-ws"),
    says: "Server sent an invalid subprotocol",
  },
  {
    what: "the socket is cut off before the welcome",
    url: () => sockets((socket) => socket.once("message", () => socket.terminate())),
    says: "closed with code 1006",
  },
  {
    what: "the socket is closed before the welcome",
    url: () => sockets((socket) => socket.once("message", () => socket.close(1013, "Try again later"))),
    says: "closed with code 1013: Try again later",
  },
  {
    what: "the welcome is none",
    url: () => sockets((socket) => socket.once("message", () => socket.send('{"type":"hello"}'))),
    says: "hello",
  },
  {
    what: "the welcome never comes",
    url: () => sockets(() => undefined),
    says: "nothing answers",
  },
  {
    what: "the client is turned away",
    url: () => sockets((socket) => socket.once("message", () => socket.close(4401, "Unauthorized"))),
    says: "closed with code 4401: Unauthorized",
  },
  {
    what: "the server fails under the request",
    url: () => sockets(welcoming((socket) => socket.close(1011, "It broke"))),
    says: "closed with code 1011: It broke",
  },
];

it.concurrent.each(cases)(
  "where $what, calls end with an error that says where and why",
  async ({ url, says }) => {
    const at = await url();
    const connection = new Connection(at, undefined, 3_000);
    const request = connection.request({ query: "{ server }", variables: {} });
    const stream = new Promise((_, error) => {
      const sink = { next: () => undefined, complete: () => undefined, error };
      connection.stream({ query: "subscription { server }", variables: {} }, sink);
    });
    for (const outcome of await Promise.allSettled([request, stream])) {
      const reason: unknown = outcome.status === "rejected" ? outcome.reason : null;
      expect(reason).toBeInstanceOf(ConnectionError);
      expect(reason).toMatchObject({ message: expect.stringContaining(at) });
      expect(reason).toMatchObject({ message: expect.stringContaining(says) });
      expect(reason).toMatchObject({
        message: expect.stringMatching(/start it with `npm start`|see whether/),
      });
    }
  },
);

it("the server is there again after a refusal: the next call reaches it", async () => {
  let refusals = 1;
  const url = await sockets((socket) => {
    if (refusals-- > 0) return socket.close(4400, "Not yet");
    welcoming((welcomed) => {
      welcomed.once("message", () => undefined);
    })(socket);
    socket.on("message", (text) => {
      const { id } = JSON.parse(String(text));
      if (id !== undefined) socket.send(JSON.stringify({ id, type: "next", payload: { data: { a: 1 } } }));
    });
  });
  const connection = new Connection(url, undefined, 5_000);
  const ask = () => connection.request({ query: "{ a }", variables: {} });
  await expect(ask()).rejects.toThrow("closed with code 4400: Not yet");
  await expect(ask()).resolves.toEqual({ a: 1 });
});

it.each(["http://127.0.0.1:99999/graphql", "http://", "127.0.0.1:4200", "ftp://127.0.0.1/graphql"])(
  "%s is no address: whoever gives it is told at once",
  (url) => {
    expect(() => getClient({ url })).toThrow(`${JSON.stringify(url)} is no address of an API`);
  },
);

it("a key that cannot be sent is refused at once, and not told", () => {
  const give = () => getClient({ url: "http://127.0.0.1:4200/graphql", apiKey: "secret\nkey" });
  expect(give).toThrow("the API key (ANTIPHON_API_KEY) cannot be sent");
  expect(give).not.toThrow("secret");
});

it("variables that JSON has no form for fail the call they belong to", async () => {
  const client = getClient({ url: `http://127.0.0.1:${await freePort()}/graphql` });
  await expect(client.request("query ($n: Int) { n }", { n: 1n })).rejects.toThrow("cannot be sent as JSON");
  const items = client.subscribe("subscription ($n: Int) { n }", { n: 1n });
  await expect(items.next()).rejects.toThrow("cannot be sent as JSON");
});
