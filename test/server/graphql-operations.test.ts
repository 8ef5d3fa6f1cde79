import { randomUUID } from "node:crypto";
import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inputsTopic, logsTopic, runTopic } from "../../server/bus/topic.ts";
import { schema } from "../../server/graphql/schema.ts";
import { Compiler } from "../../server/transport/compile.ts";
import { ask, at } from "../support/ask.ts";
import { createTestContext, type TestContext } from "../support/context.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const refusal = `... on Error { message } ... on InvalidInputError { issues { path message } }
  ... on StateConflictError { code state { type name } }`;

async function begin(flowName = "greet"): Promise<{ id: string; execution: number }> {
  const answer = await ask(
    ctx,
    `mutation ($run: BeginFlowRunInput!) { beginFlowRun(run: $run) { __typename
      ... on Execution { execution attempt rerun flowName flowRun { id state { name } flow { name } } } } }`,
    { run: { id: randomUUID(), flowName, parameters: { name: "x" } } },
  );
  expect(at(answer, "beginFlowRun")).toMatchObject({
    __typename: "Execution",
    execution: 1,
    attempt: 1,
    rerun: false,
    flowName,
    flowRun: { state: { name: "Running" }, flow: { name: flowName } },
  });
  return { id: String(at(answer, "beginFlowRun.flowRun.id")), execution: 1 };
}

async function deploy(flowName: string): Promise<string> {
  const answer = await ask(
    ctx,
    `mutation ($deployment: DeploymentInput!) { registerDeployment(deployment: $deployment) { __typename
      ... on Deployment { id fullName flow { name } status parameterSchema } } }`,
    { deployment: { flowName, name: "main" } },
  );
  expect(at(answer, "registerDeployment")).toMatchObject({
    __typename: "Deployment",
    fullName: `${flowName}/main`,
    flow: { name: flowName },
    status: "NOT_READY",
    parameterSchema: null,
  });
  return String(at(answer, "registerDeployment.id"));
}

/** A run of a deployment that a runner has claimed and begun. */
async function serve(flowName: string): Promise<{ id: string; execution: number; deploymentId: string }> {
  const deploymentId = await deploy(flowName);
  const created = await ask(
    ctx,
    `mutation ($deployment: String!) { runDeployment(deployment: $deployment) { __typename ... on FlowRun { id createdBy deployment { fullName } } } }`,
    { deployment: `${flowName}/main` },
  );
  const id = String(at(created, "runDeployment.id"));
  const runnerId = randomUUID();
  const runner = { id: runnerId, name: "here", deploymentIds: [deploymentId], limit: 5 };
  const registered = await ask(
    ctx,
    "mutation ($runner: RunnerInput!) { registerRunner(runner: $runner) { name online limit deployments { fullName status } } }",
    { runner },
  );
  expect(at(registered, "registerRunner")).toEqual({
    name: "here",
    online: true,
    limit: 5,
    deployments: [{ fullName: `${flowName}/main`, status: "READY" }],
  });
  const claimed = await ask(
    ctx,
    `mutation ($runnerId: ID!, $deploymentIds: [ID!]!) { claimFlowRuns(runnerId: $runnerId, deploymentIds: $deploymentIds, limit: 5) {
      execution flowName flowRun { id state { name } } } }`,
    { runnerId, deploymentIds: [deploymentId] },
  );
  expect(at(claimed, "claimFlowRuns")).toEqual([
    { execution: 1, flowName, flowRun: { id, state: { name: "Pending" } } },
  ]);
  const started = await ask(
    ctx,
    "mutation ($id: ID!) { startExecution(flowRunId: $id, execution: 1) { ... on Execution { flowRun { state { name } } } } }",
    { id },
  );
  expect(at(started, "startExecution.flowRun.state.name")).toBe("Running");
  return { id, execution: 1, deploymentId };
}

describe("sendInput", () => {
  const send = (variables: Record<string, unknown>) =>
    ask(
      ctx,
      `mutation ($id: ID!, $value: JSON, $type: String) { sendInput(flowRunId: $id, value: $value, inputType: $type) {
        __typename ... on RunInput { seq cursor kind inputType value listening schemaDrift } ${refusal} } }`,
      variables,
    );

  it("answers the stored input; null is sent where no value is given", async () => {
    const { id } = await begin();
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
    const { id } = await begin();
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
    const { id } = await begin();
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

describe("pause and resume", () => {
  const question = {
    key: "1",
    explicitKey: false,
    kind: "PAUSE",
    fingerprint: "pause Order",
    validate: "BEFORE",
    onTimeout: "FAIL",
    input: {
      inputType: "Order",
      schema: {
        type: "object",
        properties: { size: { type: "string", default: "M" } },
        additionalProperties: false,
      },
      schemaDigest: "d1",
      wrapped: false,
      customChecks: false,
    },
  };
  const pause = (id: string) =>
    ask(
      ctx,
      `mutation ($id: ID!, $question: PauseInput!) { pause(flowRunId: $id, execution: 1, question: $question) {
        __typename ... on PauseAsked { refusals pause { key input { inputType } } }
        ... on PauseAnswered { key value issues { message } refusals input { key kind value status } }
        ... on PauseRefused { code state { name } } } }`,
      { id, question },
    );
  const resume = (variables: Record<string, unknown>) =>
    ask(
      ctx,
      `mutation ($id: ID!, $input: JSON, $key: String) { resume(flowRunId: $id, input: $input, key: $key) {
        __typename ... on FlowRun { state { name } awaitedInput { key } } ${refusal} } }`,
      variables,
    );

  it("ask, refuse, accept and answer again", async () => {
    const { id } = await begin();
    expect(at(await pause(id), "pause")).toEqual({
      __typename: "PauseAsked",
      refusals: 0,
      pause: { key: "paused-1", input: { inputType: "Order" } },
    });
    expect(at(await resume({ id, input: { size: 1 } }), "resume")).toMatchObject({
      __typename: "InvalidInputError",
      issues: [{ path: ["size"] }],
    });
    expect(at(await resume({ id, key: "paused-2" }), "resume")).toMatchObject({ code: "STALE_KEY" });
    const check = await ask(
      ctx,
      `query ($id: ID!) { checkAnswer(flowRunId: $id) { __typename ... on AnswerOk { value } } }`,
      { id },
    );
    expect(at(check, "checkAnswer")).toEqual({ __typename: "AnswerOk", value: { size: "M" } });
    expect(at(await resume({ id, key: "paused-1", input: null }), "resume")).toEqual({
      __typename: "FlowRun",
      state: { name: "Running" },
      awaitedInput: null,
    });
    expect(at(await resume({ id }), "resume")).toMatchObject({
      __typename: "StateConflictError",
      code: "NOT_PAUSED",
    });
    expect(at(await pause(id), "pause")).toEqual({
      __typename: "PauseAnswered",
      key: "paused-1",
      value: { size: "M" },
      issues: null,
      refusals: 0,
      input: { key: "paused-1-response", kind: "ANSWER", value: { size: "M" }, status: "PENDING" },
    });
    const refused = await ask(
      ctx,
      `mutation ($id: ID!) { refuseAnswer(flowRunId: $id, execution: 1, key: "paused-1", issues: [{ path: [], message: "no" }]) {
        __typename ... on Reported { ok } } }`,
      { id },
    );
    expect(at(refused, "refuseAnswer")).toEqual({ __typename: "Reported", ok: true });
    expect(at(await pause(id), "pause")).toMatchObject({ refusals: 1, pause: { key: "paused-1--2" } });
  });

  it("the execution that was replaced is told to stop", async () => {
    const { id } = await begin();
    const answer = await ask(
      ctx,
      `mutation ($id: ID!) { saveTaskResult(flowRunId: $id, execution: 7, key: "a") { __typename ... on StaleExecutionError { message state { name } } } }`,
      { id },
    );
    expect(at(answer, "saveTaskResult")).toMatchObject({
      __typename: "StaleExecutionError",
      state: { name: "Running" },
    });
  });
});

describe("suspend", () => {
  const expiry = async (id: string, args: string) =>
    at(
      await ask(
        ctx,
        `mutation ($id: ID!) { suspend(flowRunId: $id${args}) { ... on FlowRun { pause { expiresAt requestedAt input { key } } } ${refusal} } }`,
        { id },
      ),
      "suspend.pause",
    ) as { expiresAt: string | null; requestedAt: string };

  it("ends after an hour where no timeout is given, and never where it is null", async () => {
    const first = await serve("signed-off");
    const hour = await expiry(first.id, "");
    expect(Date.parse(hour.expiresAt ?? "") - Date.parse(hour.requestedAt)).toBe(3_600_000);
    const again = await serve("signed-off-again");
    const answer = await ask(
      ctx,
      "mutation ($id: ID!, $timeout: Float) { suspend(flowRunId: $id, timeout: $timeout) { ... on FlowRun { pause { expiresAt } } } }",
      { id: again.id },
    );
    expect(at(answer, "suspend.pause.expiresAt")).not.toBeNull();
    const second = await serve("signed-off-too");
    expect(await expiry(second.id, ", timeout: null")).toMatchObject({ expiresAt: null, input: null });
  });

  it.each([
    [0, "0 is no number of seconds above 0; null waits for ever"],
    [1e300, "1e+300 s are too long; at most 3153600000 are taken; null waits for ever"],
  ])("a timeout of %d s is refused with what is wrong with it", async (timeout, message) => {
    const { id } = await begin();
    const answer = await ask(
      ctx,
      `mutation ($id: ID!, $timeout: Float) { suspend(flowRunId: $id, timeout: $timeout) { ${refusal} } }`,
      { id, timeout },
    );
    expect(at(answer, "suspend.issues")).toEqual([{ path: ["timeout"], message }]);
  });

  it("is refused where nothing could start the run again", async () => {
    const { id } = await begin();
    const answer = await ask(
      ctx,
      `mutation ($id: ID!) { suspend(flowRunId: $id) { __typename ${refusal} } }`,
      { id },
    );
    expect(at(answer, "suspend")).toMatchObject({ __typename: "StateConflictError", code: "NO_DEPLOYMENT" });
  });
});

it("a task's result is stored, the JSON null too, and told from none", async () => {
  const { id } = await begin();
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

it("logs are stored in their order; an unknown run is an error of the request", async () => {
  const { id } = await begin();
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
    const { id } = await begin();
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
  const run = await serve("fragile");
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
  const id = await deploy("found");
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
  const { id } = await begin();
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
  await deploy("nul");
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
