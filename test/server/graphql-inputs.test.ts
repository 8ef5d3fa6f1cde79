import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Answer, ask, at } from "../support/ask.ts";
import { createTestContext, type TestContext } from "../support/context.ts";
import { seedInput, seedRun } from "../support/seed.ts";

let ctx: TestContext;
let runId: string;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());
beforeEach(async () => {
  runId = (await seedRun(ctx, "order")).id;
});

function inputs(args: string, fields = "seq"): Promise<Answer> {
  return ask(
    ctx,
    `query ($id: ID!) { flowRun(id: $id) { inputs${args} {
      nodes { ${fields} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    } } }`,
    { id: runId },
  );
}

const seqs = (answer: Answer) =>
  (at(answer, "flowRun.inputs.nodes") as { seq: number }[]).map(({ seq }) => seq);
const pageInfo = (answer: Answer) => at(answer, "flowRun.inputs.pageInfo");

describe("a run's inputs by pages", () => {
  beforeEach(async () => {
    for (let seq = 1; seq <= 5; seq++) await seedInput(ctx, runId, seq);
    await seedInput(ctx, runId, 0, { seq: null, kind: "SCHEMA", key: "paused-1-schema" });
  });

  it.each([
    ["(first: 2)", [1, 2], { hasNextPage: true, hasPreviousPage: false, startCursor: "1", endCursor: "2" }],
    [
      '(first: 2, after: "2")',
      [3, 4],
      { hasNextPage: true, hasPreviousPage: true, startCursor: "3", endCursor: "4" },
    ],
    ['(after: "4")', [5], { hasNextPage: false, hasPreviousPage: true, startCursor: "5", endCursor: "5" }],
    ["(last: 2)", [4, 5], { hasNextPage: false, hasPreviousPage: true, startCursor: "4", endCursor: "5" }],
    [
      '(last: 2, before: "4")',
      [2, 3],
      { hasNextPage: true, hasPreviousPage: true, startCursor: "2", endCursor: "3" },
    ],
    [
      '(before: "3")',
      [1, 2],
      { hasNextPage: true, hasPreviousPage: false, startCursor: "1", endCursor: "2" },
    ],
    [
      '(after: "1", before: "4", first: 1)',
      [2],
      { hasNextPage: true, hasPreviousPage: true, startCursor: "2", endCursor: "2" },
    ],
    ["", [1, 2, 3, 4, 5], { hasNextPage: false, hasPreviousPage: false, startCursor: "1", endCursor: "5" }],
  ])("%s is always oldest first", async (args, expected, info) => {
    const answer = await inputs(args);
    expect(seqs(answer)).toEqual(expected);
    expect(pageInfo(answer)).toEqual(info);
  });

  it.each([
    ["(first: 0)", { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: "0" }],
    [
      '(first: 0, after: "3")',
      { hasNextPage: true, hasPreviousPage: true, startCursor: null, endCursor: "3" },
    ],
    ['(after: "5")', { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: "5" }],
    [
      '(after: "2147483646")',
      { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: "2147483646" },
    ],
    [
      '(last: 3, before: "1")',
      { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: "0" },
    ],
    [
      '(last: 3, inputType: "None")',
      { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: "0" },
    ],
  ])("%s is empty and still says where to go on", async (args, info) => {
    const answer = await inputs(args);
    expect(seqs(answer)).toEqual([]);
    expect(pageInfo(answer)).toEqual(info);
  });

  it.each([
    ["(first: 1, last: 1)", "BAD_USER_INPUT"],
    ["(first: -1)", "BAD_USER_INPUT"],
    ["(last: 501)", "BAD_USER_INPUT"],
    ['(after: "")', "BAD_CURSOR"],
    ['(after: "-1")', "BAD_CURSOR"],
    ['(after: "01")', "BAD_CURSOR"],
    ['(before: "1.5")', "BAD_CURSOR"],
    ['(before: "2147483647")', "BAD_CURSOR"],
  ])("%s is refused", async (args, code) => {
    expect((await inputs(args)).errors?.[0]?.extensions?.code).toBe(code);
  });

  it("can be of one type, kind or channel", async () => {
    await seedInput(ctx, runId, 6, { inputType: "string", kind: "RESPONSE", key: "paused-1-response" });
    await seedInput(ctx, runId, 7, { keyPrefix: "a%", key: "a--7" });
    await seedInput(ctx, runId, 8, { keyPrefix: "ab", key: "ab-8" });
    expect(seqs(await inputs('(inputType: "string")'))).toEqual([6]);
    expect(seqs(await inputs("(kind: ANSWER)"))).toEqual([6]);
    expect(seqs(await inputs("(kind: MESSAGE)"))).toEqual([1, 2, 3, 4, 5, 7, 8]);
    expect(seqs(await inputs('(keyPrefix: "a%")'))).toEqual([7]);
    expect(seqs(await inputs('(keyPrefix: "a")'))).toEqual([]);
    expect(seqs(await inputs('(keyPrefix: "\\u0000")'))).toEqual([]);
  });
});

it("50 inputs come where no number is given", async () => {
  for (let seq = 1; seq <= 51; seq++) await seedInput(ctx, runId, seq);
  expect(seqs(await inputs(""))).toHaveLength(50);
});

it("an input shows everything about it, the JSON null too", async () => {
  const input = await seedInput(ctx, runId, 1, {
    inputType: "null",
    value: "null-placeholder",
    sender: "sally",
    schemaDigest: "d2",
  });
  await ctx.prisma.$executeRaw`UPDATE run_input SET value = 'null' WHERE id = ${input.id}::uuid`;
  await ctx.prisma.inputChannel.create({
    data: {
      flowRunId: runId,
      name: "type:null",
      inputType: "null",
      schemaDigest: "d1",
      openedAt: new Date(),
    },
  });
  const answer = await inputs(
    "",
    "id cursor key kind inputType value sender status listening schemaDrift flowRun { id }",
  );
  expect(at(answer, "flowRun.inputs.nodes")).toEqual([
    {
      id: input.id,
      cursor: "1",
      key: "order-auto-1",
      kind: "MESSAGE",
      inputType: "null",
      value: null,
      sender: "sally",
      status: "PENDING",
      listening: false,
      schemaDrift: true,
      flowRun: { id: runId },
    },
  ]);
});

describe("inputs 16: the channels of a run", () => {
  it("are what it receives, and what waits for it under another type", async () => {
    await seedInput(ctx, runId, 1, { inputType: "Order" });
    await seedInput(ctx, runId, 2, { inputType: "Order", status: "DELIVERED" });
    await seedInput(ctx, runId, 3, { inputType: "Order", keyPrefix: "mine", key: "mine-3" });
    await seedInput(ctx, runId, 4, { inputType: "Person", keyPrefix: "mine", key: "mine-4" });
    await seedInput(ctx, runId, 5, { inputType: "Answer", kind: "RESPONSE", key: "paused-1-response" });
    const schema = { type: "object" };
    await ctx.prisma.inputChannel.create({
      data: { flowRunId: runId, name: "type:string", inputType: "string", schema, openedAt: new Date() },
    });
    await ctx.prisma.presence.create({
      data: {
        id: randomUUID(),
        serverId: ctx.serverId,
        flowRunId: runId,
        execution: 1,
        channel: "type:string",
      },
    });
    const answer = await ask(
      ctx,
      "query ($id: ID!) { flowRun(id: $id) { inputChannels { inputType keyPrefix schema listening pending } } }",
      { id: runId },
    );
    expect(at(answer, "flowRun.inputChannels")).toEqual([
      { inputType: "Person", keyPrefix: "mine", schema: null, listening: false, pending: 2 },
      { inputType: "Order", keyPrefix: null, schema: null, listening: false, pending: 1 },
      { inputType: "string", keyPrefix: null, schema, listening: true, pending: 0 },
    ]);
  });
});

it("a run's log comes by pages of 200", async () => {
  const line = { flowRunId: runId, level: 20, message: "hello", loggerName: "flow", timestamp: new Date() };
  await ctx.prisma.log.createMany({
    data: Array.from({ length: 201 }, (_, index) => ({ ...line, seq: index + 1 })),
  });
  const answer = await ask(
    ctx,
    `query ($id: ID!) { flowRun(id: $id) {
      all: logs { nodes { cursor } pageInfo { hasNextPage endCursor } }
      last: logs(last: 1) { nodes { cursor level message loggerName } }
    } }`,
    { id: runId },
  );
  expect(at(answer, "flowRun.all.nodes")).toHaveLength(200);
  expect(at(answer, "flowRun.all.pageInfo")).toEqual({ hasNextPage: true, endCursor: "200" });
  expect(at(answer, "flowRun.last.nodes")).toEqual([
    { cursor: "201", level: 20, message: "hello", loggerName: "flow" },
  ]);
});
