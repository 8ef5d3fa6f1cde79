import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { flow, getRunContext, pauseFlowRun, receiveInput, sendInput } from "../../sdk/index.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { Person } from "./support/person.ts";
import { Script } from "./support/script.ts";

let database: TestDatabase;
let server: Script;
let port = "0";
const person = new Person(() => `http://127.0.0.1:${port}/graphql`);

async function startServer(): Promise<void> {
  server = new Script("server.ts", [], { DATABASE_URL: database.url, PORT: port });
  server.kept = true;
  await server.says(/listening on \d+/);
  port = /listening on (\d+)/.exec(server.output)?.[1] ?? "";
  process.env.ANTIPHON_API_URL = `http://127.0.0.1:${port}/graphql`;
}

beforeAll(async () => {
  database = await createTestDatabase();
  await startServer();
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

it("a server that is killed loses no input and no answer, and repeats none", async () => {
  const count = 200;
  const receiving = flow("receiving", async () => {
    const receiver = receiveInput(z.number(), { timeout: 30 });
    const got: number[] = [];
    while (got.length < count) got.push(await receiver.next());
    return got;
  })();
  const { id: flowRunId } = await person.runIn("receiving", "Running");
  const waiting = flow("waiting", () => pauseFlowRun({ waitForInput: z.string() }))();
  const held = await person.runIn("waiting", "Paused");
  const sending = flow("sending", async () => {
    for (let number = 0; number < count; number++) await sendInput(number, { flowRunId });
    return getRunContext().flowRun.id;
  })();
  for (let turn = 0; turn < 2; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await server.stop();
    await startServer();
  }
  await person.resume(held.id, "still here");
  expect(await waiting).toBe("still here");
  await sending;
  expect(await receiving).toEqual(Array.from({ length: count }, (_, number) => number));
}, 60_000);
