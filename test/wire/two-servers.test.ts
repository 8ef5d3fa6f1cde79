import { afterAll, beforeAll, expect, it } from "vitest";
import { schema } from "../../server/graphql/schema.ts";
import { ask as askQuestion } from "../../server/pause/ask.ts";
import { resume } from "../../server/pause/resume.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { calledRun, question, readRun, scheduledRun } from "../support/runs.ts";
import { ask, SocketClient, startTestServer, type TestServer } from "../support/wire.ts";

let database: TestDatabase;
let servers: TestServer[];
beforeAll(async () => {
  database = await createTestDatabase();
  servers = await Promise.all([0, 1].map(() => startTestServer({ schema, databaseUrl: database.url })));
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await database.drop();
});

const operator = (server: TestServer | undefined) => {
  if (server === undefined) throw new Error("no such server");
  return { ...server.context, actor: { kind: "operator" } as const };
};

it("messages sent at both in turn reach the subscribers of each in one order, none missing, none twice", async () => {
  const id = await scheduledRun(operator(servers[0]), "two-servers");
  const follow = "subscription ($id: ID!) { runInputs(flowRunId: $id) { seq value } }";
  const clients = await Promise.all(servers.map((server) => SocketClient.connect(server.url)));
  const operations = clients.map((client) => client.subscribe(follow, { id }));
  const send =
    "mutation ($id: ID!, $value: JSON) { sendInput(flowRunId: $id, value: $value) { __typename } }";
  const total = 200;
  await Promise.all(
    servers.map(async ({ url }, at) => {
      for (let n = 0; n < total / 2; n++) await ask(url, send, { id, value: n * 2 + at });
    }),
  );
  const streams = await Promise.all(
    clients.map(async (client, at) => {
      const results = await client.results(operations[at] ?? "", total);
      return results.map(({ data }) => data?.runInputs as { seq: number; value: number });
    }),
  );
  expect(streams[0]).toEqual(streams[1]);
  expect(streams[0]?.map(({ seq }) => seq)).toEqual(Array.from({ length: total }, (_, n) => n + 1));
  expect(new Set(streams[0]?.map(({ value }) => value)).size).toBe(total);
  await Promise.all(clients.map((client) => client.close()));
});

it("of answers at both at once one is accepted, and the asking process hears of that one wherever it is connected", async () => {
  const [here, there] = [operator(servers[0]), operator(servers[1])];
  for (let round = 0; round < 20; round++) {
    const run = await calledRun(here, "two-servers-ask");
    const client = await SocketClient.connect(servers[round % 2]?.url ?? "");
    const signals = client.subscribe(
      `subscription ($id: ID!) { executionSignals(flowRunId: $id, execution: 1) {
        ... on AnswerSignal { key value } ... on StateSignal { state { name } } } }`,
      { id: run.flowRunId },
    );
    await client.results(signals, 1);
    await askQuestion(here, { ...run, question: question() });
    const answers = await Promise.allSettled(
      [here, there, there, here].map((ctx, n) =>
        resume(ctx, { flowRunId: run.flowRunId, input: { name: `p${n}`, approved: true } }),
      ),
    );
    const won = answers.findIndex(({ status }) => status === "fulfilled");
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const answer = await client.next(({ payload }) => JSON.stringify(payload ?? "").includes('"paused-1"'));
    expect(answer.payload).toMatchObject({ data: { executionSignals: { value: { name: `p${won}` } } } });
    expect((await readRun(there, run.flowRunId)).stateType).toBe("RUNNING");
    await client.close();
  }
});

it("what was guessed of a wait is not believed once the other server has changed the run", async () => {
  const [here, there] = [operator(servers[0]), operator(servers[1])];
  const run = await calledRun(here, "two-servers-stale");
  await askQuestion(here, { ...run, question: question() });
  await resume(there, { flowRunId: run.flowRunId, input: { approved: true } });
  await askQuestion(there, { ...run, question: question({ key: "2" }) });
  const late = resume(here, { flowRunId: run.flowRunId, input: { approved: true }, key: "paused-1" });
  await expect(late).rejects.toMatchObject({ code: "STALE_KEY" });
  await resume(here, { flowRunId: run.flowRunId, input: { approved: false } });
  const second = await here.prisma.pause.findFirstOrThrow({
    where: { flowRunId: run.flowRunId, key: "paused-2" },
  });
  expect(second.status).toBe("ANSWERED");
});
