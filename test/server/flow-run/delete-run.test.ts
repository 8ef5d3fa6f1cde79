import { v7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createLogs } from "../../../server/log/create-logs.ts";
import { ask, at } from "../../support/ask.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { askFor, calledRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

function remove(flowRunId: string): Promise<unknown> {
  const mutation = "mutation ($id: ID!) { deleteFlowRun(flowRunId: $id) }";
  return ask(ctx, mutation, { id: flowRunId }).then((answer) => at(answer, "deleteFlowRun"));
}

it("a run is deleted with its states, its log and its questions, and its children stay", async () => {
  const run = await calledRun(ctx);
  const child = await calledRun(ctx);
  await ctx.prisma.flowRun.update({ where: { id: child.flowRunId }, data: { parentId: run.flowRunId } });
  await askFor(ctx, run);
  const line = { level: 20, message: "hello", loggerName: "flow", timestamp: new Date() };
  await createLogs(ctx, { flowRunId: run.flowRunId, lines: [line] });
  expect(await remove(run.flowRunId)).toEqual([run.flowRunId]);
  const where = { flowRunId: run.flowRunId };
  expect(await ctx.prisma.log.count({ where })).toBe(0);
  expect(await ctx.prisma.runInput.count({ where })).toBe(0);
  expect(await ctx.prisma.pause.count({ where })).toBe(0);
  expect(await ctx.prisma.flowRun.findMany({ select: { id: true, parentId: true } })).toEqual([
    { id: child.flowRunId, parentId: null },
  ]);
});

it("where there is no such run, none is deleted", async () => {
  expect(await remove(v7())).toEqual([]);
  expect(await remove("no id")).toEqual([]);
});
