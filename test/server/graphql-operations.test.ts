import { randomUUID } from "node:crypto";
import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inputsTopic, logsTopic, runTopic } from "../../server/bus/topic.ts";
import { schema } from "../../server/graphql/schema.ts";
import { Compiler } from "../../server/transport/compile.ts";
import { ask, at } from "../support/ask.ts";
import { createTestContext, type TestContext } from "../support/context.ts";
import { begin, deploy, refusal, serve } from "../support/operations.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

describe("sendInput", () => {
  const send = (variables: Record<string, unknown>) =>
    ask(
      ctx,
      `mutation ($id: ID!, $value: JSON, $type: String) { sendInput(flowRunId: $id, value: $value, inputType: $type) {
        __typename ... on RunInput { seq cursor kind inputType value listening schemaDrift } ${refusal} } }`,
      variables,
    );

  it("answers the stored input; null is sent where no value is given", async () => {
    const { id } = await begin(ctx);
    expect(at(await send({ id, value: "hello" }), "sendInput")).toEqual({
      __typename: "RunInput",
      seq: 1,
      cursor: "1",
      kind: "MESSAGE",
      inputType: "string",
      value: "hello",
      listening: false,
      schemaDrift: false,
    });
    expect(at(await send({ id }), "sendInput")).toMatchObject({ seq: 2, inputType: "null", value: null });
  });

  it("takes a value that is written in the document, with variables in it", async () => {
    const { id } = await begin(ctx);
    const answer = await ask(
      ctx,
      `mutation ($id: ID!, $x: JSON, $gone: JSON) { sendInput(flowRunId: $id, inputType: "Order", value: { a: [$x, 1.5, null], b: { c: "d" } }) {
        ... on RunInput { value } } 
        other: sendInput(flowRunId: $id, inputType: "Order", value: $gone) { ... on RunInput { value } } }`,
      { id, x: { y: true } },
    );
    expect(answer.data).toEqual({
      sendInput: { value: { a: [{ y: true }, 1.5, null], b: { c: "d" } } },
      other: { value: null },
    });
    const large = await ask(
      ctx,
      `mutation ($id: ID!) { sendInput(flowRunId: $id, value: 9007199254740993) { __typename } }`,
      { id },
    );
    expect(large.errors?.[0]?.message).toContain("send integers beyond 2^53 as strings");
  });

  it("refuses with members of its union", async () => {
    const unknown = randomUUID();
    expect(at(await send({ id: unknown, value: 1 }), "sendInput")).toMatchObject({
      __typename: "NotFoundError",
    });
    expect(at(await send({ id: "nonsense", value: 1 }), "sendInput")).toMatchObject({
      __typename: "NotFoundError",
    });
    const { id } = await begin(ctx);
    expect(at(await send({ id, value: [1] }), "sendInput")).toMatchObject({
      __typename: "InvalidInputError",
      issues: [{ path: ["inputType"] }],
    });
    await ask(ctx, `mutation ($id: ID!) { cancel(flowRunId: $id) { __typename } }`, { id });
    await ask(
      ctx,
      `mutation ($id: ID!) { setFlowRunState(flowRunId: $id, execution: 1, state: { type: CANCELLED }) { __typename } }`,
      { id },
    );
    expect(at(await send({ id, value: 1 }), "sendInput")).toMatchObject({
      __typename: "StateConflictError",
      code: "FINISHED",
      state: { type: "CANCELLED", name: "Cancelled" },
    });
  });
});

it("a task's result is stored, the JSON null too, and told from none", async () => {
  const { id } = await begin(ctx);
  const save = await ask(
    ctx,
    `mutation ($id: ID!) { saveTaskResult(flowRunId: $id, execution: 1, key: "a", value: null) { __typename } }`,
    { id },
  );
  expect(at(save, "saveTaskResult.__typename")).toBe("Reported");
  const read = await ask(
    ctx,
    `query ($id: ID!) { a: taskResult(flowRunId: $id, execution: 1, key: "a") { value } b: taskResult(flowRunId: $id, execution: 1, key: "b") { value } }`,
    { id },
  );
  expect(read.data).toEqual({ a: { value: null }, b: null });
});

it("what is wrong in a report is told as what it is", async () => {
  const { id } = await begin(ctx);
  const refused = await ask(
    ctx,
    `mutation ($id: ID!, $value: JSON, $channel: ChannelInput!) {
      large: saveTaskResult(flowRunId: $id, execution: 1, key: "a", value: $value) { ...Refused }
      unnamed: saveTaskResult(flowRunId: $id, execution: 1, key: "") { ...Refused }
      nobody: reportInputs(flowRunId: $id, execution: 1, consumer: "me") { ...Refused }
      nowhere: reportInputs(flowRunId: $id, execution: 1, positions: [{ channel: $channel, name: "", seq: 1 }]) { ...Refused }
    }
    fragment Refused on ReportResult { ... on InvalidInputError { issues { path message } } }`,
    { id, value: "x".repeat(600_000), channel: { inputType: "string" } },
  );
  expect(refused.data).toEqual({
    large: { issues: [{ path: ["value"], message: "is 600002 bytes of JSON; at most 524288 are taken" }] },
    unnamed: { issues: [{ path: ["key"], message: "a key has 1 to 1000 characters" }] },
    nobody: { issues: [{ path: ["consumer"], message: '"me" is no UUID' }] },
    nowhere: { issues: [{ path: ["positions", "name"], message: '"" is no name of 1 to 255 characters' }] },
  });
});

it("logs are stored in their order; an unknown run is an error of the request", async () => {
  const { id } = await begin(ctx);
  const create = `mutation ($id: ID!, $lines: [LogInput!]!) { createLogs(flowRunId: $id, lines: $lines) }`;
  const lines = ["a", "b"].map((message) => ({
    level: 20,
    message,
    loggerName: "flow",
    timestamp: "2026-01-01T00:00:00Z",
  }));
  expect(at(await ask(ctx, create, { id, lines }), "createLogs")).toBe(2);
  const read = await ask(
    ctx,
    "query ($id: ID!) { flowRun(id: $id) { logs { nodes { cursor message timestamp } } } }",
    { id },
  );
  expect(at(read, "flowRun.logs.nodes")).toEqual([
    { cursor: "1", message: "a", timestamp: "2026-01-01T00:00:00.000Z" },
    { cursor: "2", message: "b", timestamp: "2026-01-01T00:00:00.000Z" },
  ]);
  expect((await ask(ctx, create, { id: randomUUID(), lines })).errors?.[0]?.extensions?.code).toBe(
    "NOT_FOUND",
  );
});

describe("inputs of the run's own code", () => {
  it("are reported, claimed, and their receivers' positions kept", async () => {
    const { id } = await begin(ctx);
    for (const value of ["a", "b"]) {
      await ask(
        ctx,
        `mutation ($id: ID!, $value: JSON) { sendInput(flowRunId: $id, value: $value) { __typename } }`,
        { id, value },
      );
    }
    const channel = { inputType: "string" };
    const consumer = randomUUID();
    const claimed = await ask(
      ctx,
      `mutation ($id: ID!, $channel: ChannelInput!, $consumer: ID!) {
        claimInputs(flowRunId: $id, execution: 1, channel: $channel, consumer: $consumer) { id value }
        renewInputClaims(consumer: $consumer) releaseInputs(consumer: $consumer) }`,
      { id, channel, consumer },
    );
    expect(claimed.data).toMatchObject({
      claimInputs: [{ value: "a" }],
      renewInputClaims: true,
      releaseInputs: true,
    });
    const input = at(claimed, "claimInputs.0.id");
    const reported = await ask(
      ctx,
      `mutation ($id: ID!, $input: ID!, $channel: ChannelInput!) { reportInputs(flowRunId: $id, execution: 1, delivered: [$input],
        positions: [{ channel: $channel, name: "n", seq: 1 }]) { __typename } }`,
      { id, input, channel },
    );
    expect(at(reported, "reportInputs.__typename")).toBe("Reported");
    const read = await ask(
      ctx,
      `query ($id: ID!, $channel: ChannelInput!) { receivePosition(flowRunId: $id, channel: $channel, name: "n")
        none: receivePosition(flowRunId: $id, channel: $channel, name: "m")
        flowRun(id: $id) { inputs { nodes { status } } } }`,
      { id, channel },
    );
    expect(read.data).toEqual({
      receivePosition: 1,
      none: null,
      flowRun: { inputs: { nodes: [{ status: "DELIVERED" }, { status: "PENDING" }] } },
    });
  });
});

it("a runner reports the end of a process, and the run is Crashed", async () => {
  const run = await serve(ctx, "fragile");
  const answer = await ask(
    ctx,
    `mutation ($id: ID!) { reportExit(flowRunId: $id, execution: 1, exitCode: 3, reason: EXIT) { state { name message } } 
      unknown: reportExit(flowRunId: "${randomUUID()}", execution: 1, reason: EXIT) { id } renewLeases(executions: [{ flowRunId: $id, execution: 1 }]) { flowRunId execution } }`,
    { id: run.id },
  );
  expect(answer.data).toMatchObject({
    reportExit: { state: { name: "Crashed" } },
    unknown: null,
    renewLeases: [{ flowRunId: run.id, execution: 1 }],
  });
});

it("a deployment is found by its id or its full name", async () => {
  const id = await deploy(ctx, "found");
  const query = (args: string) => ask(ctx, `{ deployment${args} { id flow { id } } }`);
  expect((await query(`(id: "${id}")`)).data).toMatchObject({ deployment: { id } });
  expect((await query('(name: "found/main")')).data).toMatchObject({ deployment: { id } });
  for (const args of ['(id: "x")', '(name: "found")', '(name: "found/main/x")', '(name: "found/other")']) {
    expect((await query(args)).data).toEqual({ deployment: null });
  }
  expect((await query("")).errors?.[0]?.extensions?.code).toBe("BAD_USER_INPUT");
});

it("a block is saved once, replaced on request, found and deleted", async () => {
  const save = (value: unknown, overwrite?: boolean) =>
    ask(
      ctx,
      `mutation ($data: JSON!, $overwrite: Boolean) { saveBlock(type: "json", name: "seen", data: $data, overwrite: $overwrite) { __typename ... on Block { id data } ... on Error { message } } }`,
      { data: { value }, overwrite },
    );
  const first = await save([1]);
  expect(at(first, "saveBlock")).toMatchObject({ __typename: "Block", data: { value: [1] } });
  expect(at(await save([2]), "saveBlock.__typename")).toBe("AlreadyExistsError");
  expect(at(await save(null, true), "saveBlock")).toMatchObject({
    id: at(first, "saveBlock.id"),
    data: { value: null },
  });
  const read = await ask(
    ctx,
    '{ block(type: "json", name: "seen") { data } blocks(type: "json") { name } none: block(type: "json", name: "\\u0000") { id } }',
  );
  expect(read.data).toEqual({ block: { data: { value: null } }, blocks: [{ name: "seen" }], none: null });
  const remove = () =>
    ask(ctx, "mutation ($id: ID!) { deleteBlock(id: $id) }", { id: at(first, "saveBlock.id") });
  expect((await remove()).data).toEqual({ deleteBlock: [at(first, "saveBlock.id")] });
  expect((await remove()).data).toEqual({ deleteBlock: [] });
});

it("ids are taken in upper case and shown as they are stored", async () => {
  const { id } = await begin(ctx);
  const woken = ctx.bus.wake(logsTopic(id));
  const upper = id.toUpperCase();
  const line = `{ level: 20, message: "a", loggerName: "flow", timestamp: "2026-01-01T00:00:00Z" }`;
  const answer = await ask(
    ctx,
    `mutation ($id: ID!) { createLogs(flowRunId: $id, lines: [${line}]) cancel(flowRunId: $id) { ... on FlowRun { id } } }`,
    { id: upper },
  );
  expect(answer.data).toEqual({ createLogs: 1, cancel: { id } });
  expect(await woken.next()).toBe(true);
  woken.close();
  expect([runTopic(upper), inputsTopic(upper)]).toEqual([`run:${id}`, `inputs:${id}`]);
});

it("a deployment's name with a NUL names none, also where the rest of it does", async () => {
  await deploy(ctx, "nul");
  const run = `mutation ($name: String!) { runDeployment(deployment: $name) { __typename } }`;
  for (const name of ["nul/main\0", "nul\0/main"])
    expect(at(await ask(ctx, run, { name }), "runDeployment.__typename")).toBe("NotFoundError");
});

it("a variable that is refused is explained each time, by the compiled operation too", async () => {
  const query = "query ($at: DateTime) { flowRuns(filter: { createdAfter: $at }) { totalCount } }";
  const document = parse(query);
  const compiler = new Compiler(schema);
  for (let use = 1; use <= 3; use++) {
    const { errors, data } = await compiler.get(document, null)({}, { ...ctx }, { at: "2026-01-31" });
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toContain('"2026-01-31" is no RFC 3339 timestamp');
  }
  const { data } = await compiler.get(document, null)({}, { ...ctx }, { at: "9999-01-31T00:00:00Z" });
  expect(data).toEqual({ flowRuns: { totalCount: 0 } });
});
