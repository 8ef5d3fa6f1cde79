import { connect } from "node:net";
import {
  type GraphQLInputType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import type { Context } from "../../server/context.ts";
import { schema } from "../../server/graphql/schema.ts";
import { seedRun, seedWaitingRun } from "../support/seed.ts";
import { type Answer, ask, SocketClient, startTestServer, type TestServer, within } from "../support/wire.ts";

/** Numbers that look random and are the same in each run. */
function dice(seed: number): (sides: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * sides);
  };
}

let server: TestServer;
let run: { id: string };
let waiting: { id: string };
let rows: string;

beforeAll(async () => {
  server = await startTestServer({ schema });
  const ctx: Context = { ...server.context, actor: { kind: "operator" } };
  run = await seedRun(ctx, "flow");
  waiting = await seedWaitingRun(ctx, "flow");
  rows = await allRows();
});

afterAll(async () => {
  expect(await allRows()).toBe(rows);
  expect(server.reports.map(({ what, cause }) => `${what} ${cause}`)).toEqual([]);
  expect((await ask(server.url, "{ __typename }")).data).toEqual({ __typename: "Query" });
  expect(server.app.sockets()).toBe(0);
  await server.close();
});

/** Every row of every table, as text. */
async function allRows(): Promise<string> {
  const { prisma } = server.context;
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`;
  const texts: string[] = [];
  for (const { name } of tables) {
    const [row] = await prisma.$queryRawUnsafe<{ all: string }[]>(
      `SELECT coalesce(string_agg(t::text, E'\n' ORDER BY t::text), '') AS all FROM "${name}" t`,
    );
    texts.push(`${name}: ${row?.all}`);
  }
  return texts.join("\n");
}

interface Posted {
  status: number;
  text: string;
}

async function post(body: string | Uint8Array<ArrayBuffer>): Promise<Posted> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(server.url, {
    method: "POST",
    headers,
    body,
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, text: await response.text() };
}

/** The answer says in GraphQL's form what was wrong, tells nothing of the server's inside, and is no failure of it. */
function expectErrors({ status, text }: Posted): void {
  expect(status).toBeLessThan(500);
  const { data, errors = [] }: Answer = JSON.parse(text);
  if (errors.length === 0) expect(typeOf(data)).toMatch(/Error$/);
  for (const { message } of errors) {
    expect(message).toMatch(/\w/);
    expect(message).not.toBe("Unexpected error.");
  }
  expect(text).not.toMatch(/\bat .*\.[jt]s:\d|node_modules|prisma\.|SELECT|INSERT/);
}

/** The type of the only field's value: which member of a union it is. */
function typeOf(data: Answer["data"]): string | undefined {
  const [result] = Object.values(data ?? {}) as ({ __typename?: string } | undefined)[]; // as every query here asks
  return result?.__typename;
}

const fields = Object.values(schema.getMutationType()?.getFields() ?? {});

/** A value that this type refuses, whatever it is. */
function wrong(type: GraphQLInputType, roll: (sides: number) => number): unknown {
  if (isNonNullType(type)) return roll(4) === 0 ? null : wrong(type.ofType, roll);
  if (isListType(type)) return roll(2) === 0 ? { a: 1 } : [wrong(type.ofType, roll)];
  if (isInputObjectType(type)) {
    const inner = Object.values(type.getFields());
    const field = inner[roll(inner.length)];
    return [7, "text", { nothing: 1 }, field ? { [field.name]: { un: "known" } } : true][roll(4)];
  }
  if (isEnumType(type)) return ["NOPE", 1, {}, "normal"][roll(4)];
  if (isScalarType(type) && type.name === "Boolean") return ["yes", 2, {}, [1, 2]][roll(4)];
  if (isScalarType(type) && type.name === "DateTime") return ["yesterday", {}, "2026-13-41", true][roll(4)];
  if (isScalarType(type) && ["Int", "Float"].includes(type.name)) return ["1", {}, "NaN", true][roll(4)];
  return [{ a: 1 }, [[]], true, { toString: "x" }][roll(4)];
}

/** Anything. */
function garbage(roll: (sides: number) => number): unknown {
  const values = [
    null,
    -1,
    1e308,
    "",
    "\u0000",
    "\ud800",
    "x".repeat(5000),
    [],
    {},
    { a: [{ b: null }] },
    true,
    "💥",
  ];
  return values[roll(values.length)];
}

function wrongMutation(roll: (sides: number) => number): {
  query: string;
  variables: Record<string, unknown>;
} {
  for (;;) {
    const field = fields[roll(fields.length)];
    const args = field?.args.filter(({ type }) => getNamedType(type).name !== "JSON") ?? [];
    if (field === undefined || args.length === 0) continue;
    const broken = args[roll(args.length)];
    const variables = Object.fromEntries(
      field.args.map((arg) => [arg.name, arg === broken ? wrong(arg.type, roll) : garbage(roll)]),
    );
    if (broken && variables[broken.name] === null && !isNonNullType(broken.type)) continue;
    const definitions = field.args.map(({ name, type }) => `$${name}: ${type}`).join(", ");
    const passed = field.args.map(({ name }) => `${name}: $${name}`).join(", ");
    const type = getNamedType(field.type);
    const selection = isCompositeType(type) || isAbstractType(type) ? " { __typename }" : "";
    return { query: `mutation(${definitions}) { ${field.name}(${passed})${selection} }`, variables };
  }
}

/** Runs a case so many times, some at once. */
async function times(count: number, work: (roll: (sides: number) => number, index: number) => Promise<void>) {
  for (let at = 0; at < count; at += 10)
    await Promise.all(
      Array.from({ length: Math.min(10, count - at) }, (_, i) => work(dice(at + i + 1), at + i)),
    );
}

const send =
  'mutation($v: JSON, $r: ID!) { sendInput(flowRunId: $r, inputType: "T", value: $v) { __typename } }';

const emit = "mutation($e: EventInput!) { emitEvent(event: $e) { __typename } }";

describe("1,000 malformed requests are refused, one by one, and change nothing", () => {
  it("300 with values of wrong types", async () => {
    await times(300, async (roll) => expectErrors(await post(JSON.stringify(wrongMutation(roll)))));
  });

  it("150 with unknown fields and arguments", async () => {
    await times(150, async (roll) => {
      const field = fields[roll(fields.length)];
      const query = [
        `mutation { ${field?.name}x(a: 1) { id } }`,
        `mutation { ${field?.name}(nothing: ${roll(99)}) { __typename } }`,
        `{ flowRuns { nodes { unknown${roll(99)} } } }`,
        `subscription { nothing${roll(99)} { id } }`,
        `query Q($x: Unknown${roll(9)}) { flowRuns { nodes { id } } }`,
        `{ flowRuns(filter: { unknown: ${roll(99)} }) { nodes { id } } }`,
      ][roll(6)];
      expectErrors(await post(JSON.stringify({ query })));
    });
  });

  it("100 that are too deep or too large", async () => {
    await times(100, async (roll, index) => {
      const depth = 200 + roll(20_000);
      const list = `${"[".repeat(depth)}${"]".repeat(depth)}`;
      const bodies = [
        () => JSON.stringify({ query: `{ ${"a { ".repeat(depth)} b ${"} ".repeat(depth)} }` }),
        () => `{"query":${JSON.stringify(send)},"variables":{"r":"${run.id}","v":${list}}}`,
        () =>
          JSON.stringify({
            query: `mutation { sendInput(flowRunId: "${run.id}", inputType: "T", value: ${list}) { __typename } }`,
          }),
        () => list,
      ];
      const body = index % 20 === 0 ? "x".repeat(2 * 1024 * 1024 + 1 + roll(1000)) : bodies[roll(4)]?.();
      expectErrors(await post(body ?? ""));
    });
  });

  it("150 that are broken: cut off, no UTF-8, no JSON", async () => {
    const good = new TextEncoder().encode(
      JSON.stringify({ query: send, variables: { r: run.id, v: "häß" } }),
    );
    await times(150, async (roll, index) => {
      const body = Uint8Array.from(good);
      if (index % 3 === 0) body[10 + roll(body.length - 12)] = 0xff;
      expectErrors(await post(index % 3 === 0 ? body : body.subarray(0, 1 + roll(body.length - 1))));
    });
  });

  it("100 that break the rules of what they ask for, with a typed error each", async () => {
    const nobody = "01900000-0000-7000-8000-000000000000";
    const cases: [string, Record<string, unknown>][] = [
      [send, { r: nobody, v: 1 }],
      [send, { r: "no id", v: 1 }],
      [send, { r: "", v: 1 }],
      [send, { r: run.id, v: "a\u0000b" }],
      [send, { r: run.id, v: { "\ud800": 1 } }],
      [send, { r: run.id, v: "x".repeat(600_000) }],
      [
        'mutation($r: ID!) { sendInput(flowRunId: $r, inputType: "", value: 1) { __typename } }',
        { r: run.id },
      ],
      [
        'mutation($r: ID!) { sendInput(flowRunId: $r, inputType: "T", idempotencyKey: "", value: 1) { __typename } }',
        { r: run.id },
      ],
      ["mutation($r: ID!) { resume(flowRunId: $r, input: {}) { __typename } }", { r: nobody }],
      ["mutation($r: ID!) { resume(flowRunId: $r, input: {}) { __typename } }", { r: run.id }],
      ["mutation($r: ID!) { resume(flowRunId: $r, input: 7) { __typename } }", { r: waiting.id }],
      [
        'mutation($r: ID!) { resume(flowRunId: $r, key: "paused-9", input: {}) { __typename } }',
        { r: waiting.id },
      ],
      ["mutation($r: ID!) { runDeployment(deployment: $r) { __typename } }", { r: "no/deployment" }],
      ['mutation($r: ID!) { beginFlowRun(run: { id: $r, flowName: "f" }) { __typename } }', { r: "no id" }],
      ['mutation($r: ID!) { beginFlowRun(run: { id: $r, flowName: "" }) { __typename } }', { r: nobody }],
      ['mutation { registerDeployment(deployment: { flowName: "", name: "" }) { __typename } }', {}],
      [emit, { e: { event: "e", resource: [] } }],
      [emit, { e: { event: "e", resource: { "prefect.resource.id": "x" }, payload: { a: "\u0000" } } }],
      [emit, { e: { event: "\ud800", resource: { "prefect.resource.id": "x" } } }],
      [emit, { e: { event: "e", resource: { "prefect.resource.id": "x", a: 1 }, related: [null] } }],
      [
        emit,
        { e: { event: "e", resource: { "prefect.resource.id": "x" }, occurred: "9999-01-01T00:00:00Z" } },
      ],
    ];
    await times(100, async (_, index) => {
      const [query, variables] = cases[index % cases.length] ?? ["", {}];
      const { status, text } = await post(JSON.stringify({ query, variables }));
      expect(status).toBe(200);
      const { data, errors }: Answer = JSON.parse(text);
      const what = `${query} ${JSON.stringify(variables).slice(0, 200)}`;
      expect(errors === undefined ? typeOf(data) : "Error", what).toMatch(/Error$/);
      for (const { message } of errors ?? []) expect(message).not.toBe("Unexpected error.");
    });
  });

  it("100 messages on sockets", async () => {
    await times(100, async (roll, index) => {
      const client = await SocketClient.connect(server.url);
      const { query, variables } = wrongMutation(roll);
      const frames = [
        JSON.stringify({ id: "1", type: "subscribe", payload: { query, variables } }),
        JSON.stringify({ id: "1", type: "subscribe", payload: { query: "subscription { runInputs }" } }),
        JSON.stringify({ id: "1", type: "subscribe", payload: { query: "{".repeat(roll(5000)) } }),
        JSON.stringify({ id: "1", type: "subscribe", payload: [query] }),
        JSON.stringify({ id: 1, type: "subscribe" }),
        JSON.stringify({ type: `t${roll(99)}` }),
        query,
        Buffer.from([0xff, roll(256), 0xfe]),
      ];
      client.socket.send(frames[index % frames.length] ?? "", { binary: false });
      const answer = await Promise.race([client.next(), client.closed]).catch(() => client.closed);
      if ("code" in answer)
        expect(answer.code === 1007 || (answer.code >= 4400 && answer.code < 4500)).toBe(true);
      else expect(["error", "next"]).toContain(answer.type);
      await client.close();
    });
  });

  it("100 connections that are cut in the middle of a message", async () => {
    await times(100, async (roll, index) => {
      if (index % 2 === 0) {
        const body = JSON.stringify({ query: send, variables: { r: run.id, v: "never" } });
        const head = `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
        await cutOff(`${head}${body}`.slice(0, 20 + roll(head.length + body.length - 21)));
      } else {
        const client = await SocketClient.connect(server.url);
        // The header of a message of 100 bytes, of which fewer follow.
        const stream = Reflect.get(client.socket, "_socket") as import("node:net").Socket; // the socket below it
        await new Promise((resolve) => stream.write(Buffer.alloc(6 + roll(90), "\x81\xe4"), resolve));
        client.socket.terminate();
        await within("it closes", client.closed);
        expect(client.socket.readyState).toBe(WebSocket.CLOSED);
      }
    });
  });
});

/** Sends the beginning of a request, and goes. */
async function cutOff(beginning: string): Promise<void> {
  await within(
    "the connection ends",
    new Promise<void>((resolve, reject) => {
      const socket = connect(server.port, "127.0.0.1", () =>
        socket.write(beginning, () => setTimeout(() => socket.destroy(), 2)),
      );
      socket.on("close", () => resolve()).on("error", reject);
    }),
  );
}
