import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Lines } from "../support/lines.ts";
import { type Answer, ask, SocketClient, startTestServer, type TestServer } from "../support/wire.ts";

let server: TestServer;
let lines: Lines;
beforeAll(async () => {
  lines = new Lines();
  server = await startTestServer({ schema: lines.schema, env: { ANTIPHON_MAX_REQUEST_BYTES: "100000" } });
});
afterAll(async () => server.close());

async function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  const response = await fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  const text = await response.text();
  expect(text).not.toMatch(/\bat .*(\.[jt]s|node:)/); // no stack traces
  const answer: Answer = JSON.parse(text);
  return { status: response.status, answer };
}

describe("operations", () => {
  it("runs the one that is named", async () => {
    const query = "query A { a: count } query B { b: count }";
    for (const [name, field] of [
      ["A", "a"],
      ["B", "b"],
      ["A", "a"],
    ]) {
      const { answer } = await post(JSON.stringify({ query, operationName: name }));
      expect(Object.keys(answer.data ?? {})).toEqual([field]);
    }
  });

  it("answers introspection", async () => {
    const { getIntrospectionQuery } = await import("graphql");
    expect((await ask(server.url, getIntrospectionQuery())).data).toHaveProperty("__schema");
  });

  it("masks what is unexpected and reports it with its cause", async () => {
    const { answer } = await post('{"query":"{ count secret }"}');
    expect(answer).toMatchObject({
      data: { count: lines.lines.length, secret: null },
      errors: [
        { message: "Unexpected error.", path: ["secret"], extensions: { code: "INTERNAL_SERVER_ERROR" } },
      ],
    });
    expect(server.reports).toMatchObject([{ cause: { message: "the password is 1234" } }]);
  });

  it("takes queries by GET, and mutations by POST alone", async () => {
    const get = (query: string) => fetch(`${server.url}?${new URLSearchParams({ query })}`);
    expect(await (await get("{ count }")).json()).toEqual({ data: { count: 0 } });
    const refused = await get('mutation { write(text: "x") }');
    expect(refused.status).toBe(405);
    expect(lines.lines).toEqual([]);
  });
});

describe("limits", () => {
  const nested = (depth: number) => `{ last ${"{ ...F ".repeat(depth)}${"}".repeat(depth)} }`;

  it("refuses operations that are too deep, also through fragments", async () => {
    const deep = Array.from({ length: 30 }, (_, i) => `fragment F${i} on __Type { ofType { ...F${i + 1} } }`);
    const query = `{ __schema { queryType { ...F0 } } } ${deep.join(" ")} fragment F30 on __Type { name }`;
    const { status, answer } = await post(JSON.stringify({ query }));
    expect(status).toBeLessThan(500);
    expect(answer.errors?.[0]).toMatchObject({
      message: expect.stringContaining("at most 20"),
      extensions: { code: "GRAPHQL_TOO_COMPLEX" },
    });
  });

  it("refuses operations with too many fields, aliases and repeated fragments included", async () => {
    const aliases = Array.from({ length: 2500 }, (_, i) => `a${i}: count`).join(" ");
    const bomb = Array.from(
      { length: 18 },
      (_, i) => `fragment B${i} on Query { ...B${i + 1} ...B${i + 1} }`,
    );
    for (const query of [`{ ${aliases} }`, `{ ...B0 } ${bomb.join(" ")} fragment B18 on Query { count }`]) {
      const { answer } = await post(JSON.stringify({ query }));
      expect(answer.errors?.[0]?.message).toContain("2000 are allowed");
    }
  });

  it("refuses documents that contain themselves, are too long, or too deep to be read", async () => {
    const itself = "{ ...A } fragment A on Query { ...A }";
    const long = `{ ${"count ".repeat(15_000)} }`;
    for (const query of [itself, nested(5), nested(12_000), `{ a(b: ${"[".repeat(9_000)}`, long]) {
      const { status, answer } = await post(JSON.stringify({ query }));
      expect(status).toBeLessThan(500);
      expect(answer.errors?.[0]?.message).not.toBe("Unexpected error.");
    }
  });

  it("refuses variables that are too deep", async () => {
    const { answer } = await post(
      `{"query":"{ count }","variables":{"a":${"[".repeat(5000)}${"]".repeat(5000)}}}`,
    );
    expect(answer.errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });

  it("refuses requests that are too large with 413, with and without a length", async () => {
    const body = new TextEncoder().encode(JSON.stringify({ query: `{ count } # ${"x".repeat(3_000_000)}` }));
    const { status, answer } = await post(body);
    expect([status, answer.errors?.[0]?.extensions?.code]).toEqual([413, "REQUEST_TOO_LARGE"]);
    const stream = new ReadableStream({
      start(controller) {
        for (let at = 0; at < body.length; at += 50_000) controller.enqueue(body.subarray(at, at + 50_000));
        controller.close();
      },
    });
    const init = {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: stream,
      duplex: "half",
    };
    const response = await fetch(server.url, init);
    expect(response.status).toBe(413);
    expect((await ask(server.url, "{ count }")).errors).toBeUndefined();
  });

  it("closes sockets whose messages are too large, not UTF-8, or nonsense", async () => {
    const frames: [string, number][] = [
      [JSON.stringify({ id: "1", type: "subscribe", payload: { query: "x".repeat(200_000) } }), 1009],
      ["nonsense", 4400],
      ['{"id":"1","type":"subscribe","payload":{"query":7}}', 4400],
      ['{"id":"1","type":"subscribe","payload":{"query":"{ count }","variables":[]}}', 4400],
    ];
    for (const [frame, code] of frames) {
      const client = await SocketClient.connect(server.url);
      client.socket.send(frame);
      expect((await client.closed).code).toBe(code);
    }
    const client = await SocketClient.connect(server.url);
    client.socket.send(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), { binary: false });
    expect((await client.closed).code).toBe(1007);
  });

  it("answers what is wrong within messages as GraphQL errors, and the socket lives on", async () => {
    const client = await SocketClient.connect(server.url);
    const deep = { a: JSON.parse(`${"[".repeat(500)}${"]".repeat(500)}`) };
    const wrong: [string, Record<string, unknown>][] = [
      ["{ nothing }", {}],
      ["{ count", {}],
      ["{ count }", deep],
      [nested(12_000), {}],
    ];
    for (const [query, variables] of wrong) {
      const id = client.subscribe(query, variables);
      const { type, payload } = await client.next((message) => message.id === id);
      expect([type, (payload as unknown[]).length > 0]).toEqual(["error", true]);
    }
    const [answer] = await client.results(client.subscribe("{ count }"), 1);
    expect(answer).toEqual({ data: { count: 0 } });
    await client.close();
  });
});

describe("bodies", () => {
  it.each<[string, string | Uint8Array<ArrayBuffer>, number]>([
    ["nothing", "", 400],
    ["no JSON", "{", 400],
    [
      "not UTF-8",
      new Uint8Array([...new TextEncoder().encode('{"query":"{ count } # '), 0xff, 0x22, 0x7d]),
      400,
    ],
    ["null", "null", 400],
    ["a number", "7", 400],
    ["a list, as batches are", '[{"query":"{ count }"}]', 400],
    // As the specification of GraphQL over HTTP has it for clients that ask for application/json.
    ["no query", "{}", 200],
    ["a query that is no text", '{"query":7}', 400],
    ["variables that are no object", '{"query":"{ count }","variables":[1]}', 400],
    ["something unknown", '{"query":"{ count }","qery":1}', 400],
  ])("refuses %s", async (_, body, expected) => {
    const { status, answer } = await post(body);
    expect(status).toBe(expected);
    expect(answer.errors?.[0]?.message).toMatch(/\w/);
    expect(answer.errors?.[0]?.message).not.toBe("Unexpected error.");
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "refuses %s, which any site's page could send",
    async (type) => {
      const { status } = await post('{"query":"{ count }"}', { "content-type": type });
      expect(status).toBe(415);
    },
  );
});
