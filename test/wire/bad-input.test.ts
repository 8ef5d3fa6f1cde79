import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "../../server/graphql/schema.ts";
import { ask, SocketClient, startTestServer, type TestServer } from "../support/wire.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ schema });
});
afterAll(async () => {
  expect(server.reports).toEqual([]);
  await server.close();
});

const cases: [what: string, query: string, variables: Record<string, unknown>, message: string][] = [
  [
    "a value of another type",
    "query($n: Int) { flowRuns(first: $n) { nodes { id } } }",
    { n: "x" },
    "Int cannot represent non-integer value",
  ],
  [
    "a scalar's own rule",
    "query($t: DateTime) { events(filter: { occurredAfter: $t }) { nodes { id } } }",
    { t: "soon" },
    "soon",
  ],
  ["none for what is required", "query($id: ID!) { flowRun(id: $id) { id } }", {}, "was not provided"],
  [
    "none of what has to be one of several",
    'mutation($t: TargetInput!) { createAutomation(automation: { name: "a", trigger: { event: {} }, actions: [{ runDeployment: { deployment: $t } }] }) { __typename } }',
    { t: {} },
    "Exactly one key must be specified",
  ],
  [
    "two of them",
    'mutation($a: ActionInput!) { createAutomation(automation: { name: "a", trigger: { event: {} }, actions: [$a] }) { __typename } }',
    { a: { doNothing: true, emitEvent: { event: "e", resource: {} } } },
    "Exactly one key must be specified",
  ],
  [
    "null in place of a default",
    'mutation($e: String = "e") { emitEvent(event: { event: $e, resource: {} }) { __typename } }',
    { e: null },
    'Argument "event" has invalid value',
  ],
  [
    "null for whether a field is asked for",
    "query($also: Boolean = true) { flowRuns { nodes @include(if: $also) { id } } }",
    { also: null },
    'Argument "if" of non-null type',
  ],
];

describe("variables that do not fit are bad input, and no failure of the server: the first time and when the operation is known", () => {
  it.each(cases)("%s", async (_what, query, variables, message) => {
    const expected = { message: expect.stringContaining(message), extensions: { code: "BAD_USER_INPUT" } };
    for (const _time of ["interpreted", "compiled", "again"])
      expect((await ask(server.url, query, variables)).errors?.[0]).toMatchObject(expected);
    const client = await SocketClient.connect(server.url);
    client.socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query, variables } }));
    expect((await client.next()).payload).toMatchObject({ errors: [expected] });
    await client.close();
  });

  it("a subscription's, too", async () => {
    const client = await SocketClient.connect(server.url);
    const query = 'subscription($n: Int!) { executionSignals(flowRunId: "1", execution: $n) { __typename } }';
    const variables = { n: "x" };
    client.socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query, variables } }));
    expect(JSON.stringify((await client.next()).payload)).toContain('"code":"BAD_USER_INPUT"');
    await client.close();
  });
});
