import type { AddressInfo } from "node:net";
import pg from "pg";
import { WebSocketServer } from "ws";
import { onCall } from "../fan-out/process.ts";

onCall({
  /** Echoes every message once it is stored, and does nothing else. */
  async start(databaseUrl: string) {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
    pool.on("error", ({ message }) => console.error(`A connection to the database was lost: ${message}`));
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
    await new Promise((resolve) => server.once("listening", resolve));
    server.on("connection", (socket) => {
      socket.on("message", async (data) => {
        const text = String(data);
        await pool.query({
          name: "store",
          text: "INSERT INTO bare_message (value) VALUES ($1)",
          values: [text],
        });
        socket.send(text);
      });
    });
    return (server.address() as AddressInfo).port; // it listens on TCP
  },
});
