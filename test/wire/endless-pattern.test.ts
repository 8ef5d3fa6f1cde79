import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestContext, type TestContext } from "../support/context.ts";
import { createTestDatabase } from "../support/database.ts";
import { askFor, calledRun } from "../support/runs.ts";
import { type ServerProcess, serverProcess } from "../support/server-process.ts";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let ctx: TestContext;
let server: ServerProcess;
beforeAll(async () => {
  database = await createTestDatabase();
  ctx = await createTestContext({}, database.url);
  server = await serverProcess(database.url);
  await server.start();
});
afterAll(async () => {
  await server.stop();
  await ctx.close();
  await database.drop();
});

it("a question's pattern that would backtrack for years keeps nobody waiting", async () => {
  const run = await calledRun(ctx);
  const schema = {
    type: "object",
    properties: { value: { type: "string", pattern: "^(a+)+$" } },
    required: ["value"],
  };
  await askFor(ctx, run, { schema, wrapped: true });
  expect(await answer(run.flowRunId, `${"a".repeat(60)}!`)).toMatchObject({
    data: {
      resume: { issues: [{ path: ["value"], message: expect.stringContaining("must match the pattern") }] },
    },
  });
  expect(await answer(run.flowRunId, "aaa")).toMatchObject({ data: { resume: { id: run.flowRunId } } });
});

async function answer(flowRunId: string, input: string): Promise<unknown> {
  const query = `mutation ($id: ID!, $input: JSON) {
    resume(flowRunId: $id, input: $input) { ... on FlowRun { id } ... on InvalidInputError { issues { path message } } } }`;
  const response = await fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables: { id: flowRunId, input } }),
  });
  return response.json();
}
