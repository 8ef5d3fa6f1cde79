import { createServer } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import {
  ApiError,
  ConnectionError,
  flow,
  getClient,
  getRunContext,
  NotFound,
  pauseFlowRun,
  receiveInput,
  sendInput,
} from "../../sdk/index.ts";
import { until } from "../support/wire.ts";
import { useAntiphon } from "./support/antiphon.ts";
import { Person } from "./support/person.ts";
import { WireCutter } from "./support/wire-cutter.ts";

const antiphon = useAntiphon();
const person = new Person(() => antiphon.url);
const wire = new WireCutter(() => Number(new URL(antiphon.url).port));
beforeAll(async () => {
  await wire.listen();
  process.env.ANTIPHON_API_URL = `http://127.0.0.1:${wire.port}/graphql`;
});
afterAll(() => wire.close());

it("a whole process has one socket, and two clients of one address are one", async () => {
  expect(getClient()).toBe(getClient({ url: process.env.ANTIPHON_API_URL ?? "" }));
  await Promise.all([1, 2, 3].map(() => flow("socket", () => undefined)()));
  expect(wire.connections).toBe(1);
});

it("sends that are under way when the socket is lost are stored once each, and the receiver misses and repeats none", async () => {
  await flow("cut", async () => {
    const flowRunId = getRunContext().flowRun.id;
    const receiver = receiveInput(z.number(), { timeout: 30 });
    const before = wire.connections;
    wire.cutting = true;
    const count = 300;
    const sending = (async () => {
      for (let number = 0; number < count; number += 10) {
        await Promise.all(Array.from({ length: 10 }, (_, at) => sendInput(number + at, { flowRunId })));
      }
    })();
    const got: number[] = [];
    while (got.length < count) got.push(await receiver.next());
    await sending;
    wire.cutting = false;
    expect(wire.connections - before).toBeGreaterThan(10);
    expect(got.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, number) => number));
    await expect(receiveInput(z.number(), { timeout: 0, excludeKeys: [] }).next()).resolves.toBe(got[0]);
  })();
});

async function notes(flowRunId: string): Promise<unknown[]> {
  const { flowRun } = await getClient().request<{ flowRun: { inputs: { nodes: unknown[] } } }>(
    "query ($id: ID!) { flowRun(id: $id) { inputs { nodes { key } } } }",
    { id: flowRunId },
  );
  return flowRun.inputs.nodes;
}

it("a mutation of one's own whose answer is lost is not sent again, a query is", async () => {
  const running = flow("lost-answer", () => pauseFlowRun())();
  const { id } = await person.runIn("lost-answer", "Paused");
  const send = `mutation ($id: ID!) { # query
    sendInput(flowRunId: $id, keyPrefix: "note", value: 1) { ... on Error { message } } }`;
  wire.losing = true;
  await expect(getClient().request(send, { id })).rejects.toThrow(
    "lost before the API answered: the mutation may have been carried out. Look before you send it again",
  );
  await until("it has happened", async () => (await notes(id)).length === 1);
  wire.losing = true;
  const read = await getClient().request<{ flowRun: { id: string } }>(
    "query Mutation($id: ID!) { flowRun(id: $id) { id } }",
    { id },
  );
  expect(read.flowRun.id).toBe(id);
  expect(wire.losing).toBe(false);
  expect(await notes(id)).toHaveLength(1);
  await person.resume(id);
  await running;
});

it("a wait whose socket is lost again and again still gets its answer", async () => {
  const running = flow("cut-wait", () => pauseFlowRun({ waitForInput: z.string() }))();
  const run = await person.runIn("cut-wait", "Paused");
  for (let turn = 0; turn < 3; turn++) {
    wire.cut();
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await person.resume(run.id, "answer");
  wire.cut();
  expect(await running).toBe("answer");
});

it("a subscription with $after and cursor goes on where it was; one without ends with an error", async () => {
  const running = flow("subscribed", () => pauseFlowRun())();
  const { id } = await person.runIn("subscribed", "Paused");
  const items = getClient().subscribe<{ runInputs: { cursor: string; value: number } }>(
    "subscription ($id: ID!, $after: String) { runInputs(flowRunId: $id, after: $after) { cursor value } }",
    { id },
  );
  const fragile = getClient().subscribe<{ runInputs: { value: number } }>(
    "subscription ($id: ID!) { runInputs(flowRunId: $id) { value } }",
    { id },
  );
  await person.send(id, 0);
  expect((await items.next()).value?.runInputs.value).toBe(0);
  expect((await fragile.next()).value?.runInputs.value).toBe(0);
  const got: unknown[] = [];
  for (let number = 1; number <= 5; number++) {
    await person.send(id, number);
    got.push((await items.next()).value?.runInputs.value);
    wire.cut();
  }
  expect(got).toEqual([1, 2, 3, 4, 5]);
  await expect(
    (async () => {
      for await (const item of fragile) void item;
    })(),
  ).rejects.toThrow(ConnectionError);
  await items.return?.();
  await person.resume(id);
  await running;
});

it("a stream of states goes on with the present after a lost connection", async () => {
  const running = flow("followed", () => pauseFlowRun())();
  const { id } = await person.runIn("followed", "Paused");
  const states = getClient().subscribe<{ flowRunUpdated: { state: { name: string } } }>(
    "subscription ($id: ID!) { flowRunUpdated(flowRunId: $id) { state { name } } }",
    { id },
  );
  expect((await states.next()).value?.flowRunUpdated.state.name).toBe("Paused");
  wire.cut();
  await person.resume(id);
  await running;
  await until(
    "the end is shown",
    async () => (await states.next()).value?.flowRunUpdated.state.name === "Completed",
  );
  await states.return?.();
});

it("a document may be a syntax tree", async () => {
  const tree = {
    kind: "Document",
    definitions: [
      {
        kind: "OperationDefinition",
        operation: "query",
        name: { kind: "Name", value: "Runs" },
        variableDefinitions: [
          {
            kind: "VariableDefinition",
            variable: { kind: "Variable", name: { kind: "Name", value: "names" } },
            type: {
              kind: "ListType",
              type: {
                kind: "NonNullType",
                type: { kind: "NamedType", name: { kind: "Name", value: "String" } },
              },
            },
          },
        ],
        selectionSet: {
          kind: "SelectionSet",
          selections: [
            {
              kind: "Field",
              name: { kind: "Name", value: "flowRuns" },
              arguments: [
                {
                  kind: "Argument",
                  name: { kind: "Name", value: "filter" },
                  value: {
                    kind: "ObjectValue",
                    fields: [
                      {
                        kind: "ObjectField",
                        name: { kind: "Name", value: "flowNames" },
                        value: { kind: "Variable", name: { kind: "Name", value: "names" } },
                      },
                    ],
                  },
                },
              ],
              selectionSet: {
                kind: "SelectionSet",
                selections: [{ kind: "Field", name: { kind: "Name", value: "totalCount" } }],
              },
            },
          ],
        },
      },
    ],
  };
  const { flowRuns } = await getClient().request<{ flowRuns: { totalCount: number } }>(tree as object, {
    names: ["nobody"],
  });
  expect(flowRuns.totalCount).toBe(0);
});

it("what the API refuses is an ApiError with its code, and a run that is not there is NotFound", async () => {
  await expect(getClient().request("{ nonsense }")).rejects.toThrow(ApiError);
  await expect(getClient().readFlowRun(crypto.randomUUID())).rejects.toThrow(NotFound);
  const stream = getClient().subscribe("subscription ($id: ID!) { flowRunUpdated(flowRunId: $id) { id } }", {
    id: crypto.randomUUID(),
  });
  const error = await stream.next().catch((thrown) => thrown);
  expect(error).toBeInstanceOf(ApiError);
  expect(error.code).toBe("NOT_FOUND");
});

it("while the socket cannot be opened, a receiver looks by HTTP", async () => {
  const running = flow("polled", () => pauseFlowRun())();
  const { id: flowRunId } = await person.runIn("polled", "Paused");
  const noSockets = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await fetch(antiphon.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: Buffer.concat(chunks),
    });
    response.setHeader("content-type", "application/json").end(await answer.text());
  });
  noSockets.on("upgrade", (_, socket) => socket.destroy());
  await new Promise<void>((resolve) => noSockets.listen(0, "127.0.0.1", resolve));
  const usual = process.env.ANTIPHON_API_URL;
  const address = noSockets.address();
  process.env.ANTIPHON_API_URL = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/graphql`;
  try {
    const receiver = receiveInput(z.string(), { flowRunId, pollInterval: 0.1, timeout: 20 });
    await person.send(flowRunId, "one");
    expect(await receiver.next()).toBe("one");
    await person.send(flowRunId, "two");
    expect(await receiver.next()).toBe("two");
    await receiver.close();
  } finally {
    process.env.ANTIPHON_API_URL = usual;
    noSockets.close();
  }
  await person.resume(flowRunId);
  await running;
});
