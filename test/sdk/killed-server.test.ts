import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { z } from "zod";
import {
  flow,
  getRunContext,
  PauseTimeout,
  pauseFlowRun,
  RunCancelled,
  receiveInput,
  sendInput,
} from "../../sdk/index.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { type ServerProcess, serverProcess } from "../support/server-process.ts";
import { until } from "../support/wire.ts";
import { Person } from "./support/person.ts";

let database: TestDatabase;
let server: ServerProcess;
const person = new Person(() => server.url);

beforeAll(async () => {
  database = await createTestDatabase();
  server = await serverProcess(database.url);
  process.env.ANTIPHON_API_URL = server.url;
  await server.start();
});
afterAll(async () => {
  await server.stop();
  await database.drop();
});

it("a server that is killed loses no input and no answer, and repeats none", async () => {
  const count = 200;
  const receiving = flow("receiving", async () => {
    const receiver = receiveInput(z.number(), { timeout: 100 });
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
    await server.kill();
    await server.start();
  }
  await person.resume(held.id, "still here");
  expect(await waiting).toBe("still here");
  await sending;
  expect(await receiving).toEqual(Array.from({ length: count }, (_, number) => number));
});

it("inputs 2.5: a wait whose deadline passes while the server is down ends as it says, also where the lease was lost", async () => {
  // Leases are renewed when this says so: before anything else that the server is asked again.
  vi.useFakeTimers({ toFake: ["setInterval"] });
  try {
    const fails = flow("overdue", () => pauseFlowRun({ timeout: 1 }))().catch((error: unknown) => error);
    const cancels = flow("overdue-cancel", () => pauseFlowRun({ timeout: 1, onTimeout: "cancel" }))().catch(
      (error: unknown) => error,
    );
    const run = await person.runIn("overdue", "Paused");
    await person.runIn("overdue-cancel", "Paused");
    await server.kill();
    const asked = Date.now();
    vi.advanceTimersByTime(10_000);
    await until("the deadline has passed", () => Date.now() > asked + 1_000);
    await server.start();
    await person.until(run.id, "Failed");
    vi.advanceTimersByTime(10_000);
    expect(await fails).toBeInstanceOf(PauseTimeout);
    expect(await cancels).toBeInstanceOf(RunCancelled);
  } finally {
    vi.useRealTimers();
  }
});
