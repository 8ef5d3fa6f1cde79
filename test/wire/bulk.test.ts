import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { schema } from "../../server/graphql/schema.ts";
import { BodyMemory } from "../../server/transport/body-memory.ts";
import { type Answer, startTestServer, type TestServer } from "../support/wire.ts";

const mebibyte = 1024 * 1024;
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ schema, env: { ANTIPHON_MAX_REQUEST_BYTES: String(16 * mebibyte) } });
});
afterAll(() => server.close());

async function post(query: string, variables: object): Promise<{ status: number; answer: Answer }> {
  const response = await fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, answer: (await response.json()) as Answer };
}

const emitEvents =
  "mutation ($events: [EventInput!]!) { emitEvents(events: $events) { results { __typename } } }";

function events(count: number, bytes: number) {
  const payload = { text: "x".repeat(bytes) };
  return {
    events: Array.from({ length: count }, () => ({
      event: "e",
      resource: { "prefect.resource.id": "x" },
      payload,
    })),
  };
}

describe("triggers 18: one request", () => {
  it("may bring as many bytes of events as the setting says", async () => {
    const { status, answer } = await post(emitEvents, events(10, 1.4 * mebibyte));
    expect(status).toBe(200);
    expect(answer).toEqual({ data: { emitEvents: { results: Array(10).fill({ __typename: "Event" }) } } });
  });

  it("is refused with 413 above it", async () => {
    const { status, answer } = await post(emitEvents, events(10, 1.7 * mebibyte));
    expect([status, answer.errors?.[0]?.extensions?.code]).toEqual([413, "REQUEST_TOO_LARGE"]);
  });

  it("may bring 2 MiB for anything else, alone or beside events", async () => {
    const large = { ...events(1, 10), value: "x".repeat(2 * mebibyte) };
    const send = 'sendInput(flowRunId: "x", value: $value) { __typename }';
    for (const query of [
      `mutation ($value: JSON) { ${send} }`,
      `mutation ($value: JSON, $events: [EventInput!]!) { ${send} emitEvents(events: $events) { __typename } }`,
      "subscription ($value: LabelSpec) { events(filter: { resource: $value }) { __typename } }",
    ]) {
      const { status, answer } = await post(query, large);
      expect([status, answer.errors?.[0]?.extensions?.code]).toEqual([413, "REQUEST_TOO_LARGE"]);
    }
  });

  it("has a document of 2 MiB at most", async () => {
    const query = `mutation { emitEvents(events: { event: "e", resource: {}, payload: "${"x".repeat(2 * mebibyte)}" }) { __typename } }`;
    const { status, answer } = await post(query, {});
    expect([status, answer.errors?.[0]?.extensions?.code]).toEqual([413, "REQUEST_TOO_LARGE"]);
  });
});

describe("bodies of many requests at once", () => {
  it("are read one after the other where they would take too much memory, and all of them in the end", () => {
    const memory = new BodyMemory(10);
    const paused = new Set<string>();
    const open = (name: string) =>
      memory.open({ pause: () => paused.add(name), resume: () => paused.delete(name) });
    const [a, b, c] = [open("a"), open("b"), open("c")];
    b.add(4);
    a.add(4);
    expect([...paused]).toEqual([]);
    c.add(4);
    expect([...paused]).toEqual(["b", "c"]);
    a.add(9);
    a.end();
    expect([...paused]).toEqual(["c"]);
    a.release();
    a.release();
    expect([...paused]).toEqual([]);
    expect(memory.held).toBe(8);
    b.release();
    c.release();
    expect(memory.held).toBe(0);
  });

  it("are all answered", async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => post(emitEvents, events(5, 1.4 * mebibyte))),
    );
    for (const { answer } of answers) expect(answer.errors).toBeUndefined();
  });
});
