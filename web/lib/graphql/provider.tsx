"use client";

import { createContext, type ReactNode, use, useState, useSyncExternalStore } from "react";
import { Provider } from "urql";
import { createBrowserClient } from "./browser-client.ts";
import { type Connection, ConnectionStore } from "./connection.ts";

const ConnectionContext = createContext(new ConnectionStore());
const whileRendering: Connection = { phase: "connecting", epoch: 0 };

/** Gives everything inside the client and the connection. */
export function GraphqlProvider({ children }: { children: ReactNode }) {
  const [{ client, connection }] = useState(createBrowserClient);
  return (
    <Provider value={client}>
      <ConnectionContext value={connection}>{children}</ConnectionContext>
    </Provider>
  );
}

/** How the page stands with the server now. */
export function useConnection(): Connection {
  const store = use(ConnectionContext);
  return useSyncExternalStore(store.subscribe, store.read, () => whileRendering);
}
