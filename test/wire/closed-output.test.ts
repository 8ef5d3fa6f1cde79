import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase } from "../support/database.ts";
import { type ServerProcess, serverProcess } from "../support/server-process.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let server: ServerProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  server = await serverProcess(database.url);
  await server.start();
});
afterAll(async () => {
  await server.kill();
  await database.drop();
});

it("a server whose output nobody reads any more still stops when it is told to", async () => {
  server.deafen();
  await server.stop();
  await expect(fetch(server.origin)).rejects.toThrow();
});
