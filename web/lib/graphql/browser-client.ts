import type { Client as SocketClient } from "graphql-ws";
import { Client, fetchExchange, subscriptionExchange } from "urql";
import { ConnectionStore } from "./connection.ts";
import { follow, type Result } from "./follow.ts";
import { sentInOrder } from "./sent-in-order.ts";
import { openSocket } from "./socket.ts";

/** The console's client of the public API, at the origin that the page came from. */
export function createBrowserClient(): { client: Client; connection: ConnectionStore } {
  const connection = new ConnectionStore();
  // Made by the first subscription: the server that renders this has no sockets.
  let socket: SocketClient | null = null;
  const subscriptions = subscriptionExchange({
    forwardSubscription: ({ query = "", variables }) => ({
      subscribe: ({ next }) => {
        socket ??= openSocket(connection);
        const pass = (result: Result) =>
          next({ data: result.data, errors: result.errors && [...result.errors] });
        return { unsubscribe: follow(socket, { query, variables: { ...variables } }, pass) };
      },
    }),
  });
  const client = new Client({
    url: "/graphql",
    preferGetMethod: false,
    requestPolicy: "network-only",
    fetch: async (...request) => {
      const response = await fetch(...request);
      if (response.ok) connection.answered();
      return response;
    },
    exchanges: [sentInOrder, fetchExchange, subscriptions],
  });
  return { client, connection };
}
