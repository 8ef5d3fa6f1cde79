import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { handleProtocols, makeServer } from "graphql-ws";
import { type WebSocket, WebSocketServer } from "ws";
import { Connection } from "./connection.ts";
import type { GraphQLService, Report } from "./graphql.ts";
import { type ConnectionParams, protocolOptions } from "./protocol.ts";

/** A client from which nothing is heard for one to two of these is gone. Seconds. */
const heartbeat = 15;
/** Sockets that are told in one go that the server stops, so that not all come back at once. */
const closedTogether = 200;
/** "Service restart": clients connect again. */
const restart = 1012;

export interface SocketsOptions {
  graphql: GraphQLService;
  /** The largest message, in bytes. */
  maxPayload: number;
  report: Report;
}

/** GraphQL over WebSocket, in the protocol graphql-transport-ws. */
export class Sockets {
  readonly #options: SocketsOptions;
  readonly #server: WebSocketServer;
  readonly #protocol: ReturnType<typeof makeServer<ConnectionParams, Connection>>;
  readonly #connections = new Set<Connection>();
  readonly #heartbeat: NodeJS.Timeout;
  #beat = 0;
  #opened = 0;
  readonly #slots = new WeakMap<Connection, number>();

  constructor(options: SocketsOptions) {
    this.#options = options;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: options.maxPayload,
      perMessageDeflate: false,
      handleProtocols,
    });
    this.#protocol = makeServer(protocolOptions(options.graphql));
    this.#heartbeat = setInterval(() => this.#look(), 1000);
    this.#heartbeat.unref();
  }

  /** How many sockets are open. */
  get size(): number {
    return this.#connections.size;
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#open(socket, stream));
  }

  /** Closes all sockets, some at a time, with a code upon which clients connect again. */
  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    let closed = 0;
    for (const { socket } of this.#connections) {
      socket.close(restart, "Service restart");
      if (++closed % closedTogether === 0) await sleep(20);
    }
    for (let waits = 0; this.#connections.size > 0 && waits < 50; waits++) await sleep(20);
    for (const { socket } of this.#connections) socket.terminate();
  }

  #open(socket: WebSocket, stream: Duplex): void {
    const { report } = this.#options;
    const connection = new Connection(socket, stream);
    this.#connections.add(connection);
    this.#slots.set(connection, this.#opened++ % heartbeat);
    socket.on("error", () => undefined); // too large or not UTF-8: `ws` closes it with the code that says so
    socket.on("pong", () => {
      connection.heard = true;
    });
    const closed = this.#protocol.opened(
      {
        protocol: socket.protocol,
        send: (message) => connection.send(message),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) =>
          socket.on("message", (data) => {
            connection.heard = true;
            handle(String(data)).catch((error: unknown) => {
              report("A message of a socket could not be handled.", error);
              socket.close(4500, "Internal server error");
            });
          }),
      },
      connection,
    );
    socket.once("close", (code, reason) => {
      this.#connections.delete(connection);
      closed(code, String(reason)).catch((error: unknown) => report("Closing a socket failed.", error));
    });
  }

  /** Looks after a fifteenth of the sockets each second. */
  #look(): void {
    this.#beat = (this.#beat + 1) % heartbeat;
    for (const connection of this.#connections) {
      if (this.#slots.get(connection) !== this.#beat) continue;
      if (!connection.heard) connection.socket.terminate();
      else if (connection.isOpen) {
        connection.heard = false;
        connection.socket.ping();
      }
    }
  }
}
