import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Context } from "../../server/context.ts";
import { registerDeployment } from "../../server/deployment/register-deployment.ts";
import { emitEvent } from "../../server/event/emit-event.ts";
import { schema } from "../../server/graphql/schema.ts";
import { automation, type Engine, settled, startEngine } from "../support/engine.ts";
import { actionRunsOf, toldOf } from "../support/fired.ts";
import { ask, startTestServer, type TestServer } from "../support/wire.ts";

let server: TestServer;
let ctx: Context;
let engine: Engine;

beforeAll(async () => {
  server = await startTestServer({ schema });
  ctx = { ...server.context, actor: { kind: "system" } };
  engine = await startEngine(ctx);
});
afterAll(async () => {
  await engine.close();
  await server.close();
});

const act = async (verb: "retryActionRun" | "discardActionRun", id: string) => {
  const { data } = await ask(
    server.url,
    `mutation ($id: ID!) { ${verb}(id: $id) {
      __typename ... on ActionRun { id status attempts } ... on NotFoundError { message } ... on ActionNotFailedError { message status } } }`,
    { id },
  );
  return data?.[verb];
};
const retry = (id: string) => act("retryActionRun", id);
const discard = (id: string) => act("discardActionRun", id);

it("an action that failed is carried out again, its attempts counted on; one that was done is not", async () => {
  const name = randomUUID();
  const automationId = await automation(ctx, {
    trigger: { expect: [name] },
    actions: [{ type: "pause-deployment", source: "inferred" }],
  });
  const deployment = randomUUID();
  const event = {
    event: name,
    resource: { "prefect.resource.id": `prefect.deployment.${deployment}` },
  };
  await emitEvent(ctx, event);
  await settled(ctx);
  const [id = ""] = await actionRunsOf(ctx, automationId);
  const status = () => ctx.prisma.actionRun.findUniqueOrThrow({ where: { id } });
  expect(await status()).toMatchObject({
    status: "FAILED",
    attempts: 1,
    error: `no deployment "${deployment}"`,
  });

  const made = await registerDeployment(ctx, { deployment: { flowName: "late", name: "main" } });
  await ctx.prisma.deployment.update({ where: { id: made.id }, data: { id: deployment } });
  expect(await retry(id)).toMatchObject({ __typename: "ActionRun", id, attempts: 1 });
  await settled(ctx);
  expect(await status()).toMatchObject({ status: "SUCCEEDED", attempts: 2, error: null });
  expect(await ctx.prisma.deployment.findUniqueOrThrow({ where: { id: deployment } })).toMatchObject({
    paused: true,
  });
  expect(await toldOf(ctx, id)).toEqual(["triggered", "failed", "triggered", "executed"]);

  expect(await retry(id)).toEqual({
    __typename: "ActionNotFailedError",
    status: "SUCCEEDED",
    message: `action run ${id} is SUCCEEDED; only one that is FAILED can be carried out again or discarded`,
  });
});

it.each([randomUUID(), "x"])("there is no action run %s", async (id) => {
  const refusal = { __typename: "NotFoundError", message: `no action run "${id}"` };
  expect(await retry(id)).toEqual(refusal);
  expect(await discard(id)).toEqual(refusal);
});

it("actions 2.4: those that failed are listed, of the newest firings first, for all automations or one", async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  const fails = { type: "pause-deployment", source: "inferred" };
  const automationId = await automation(ctx, {
    trigger: { expect: [one] },
    actions: [fails, { type: "do-nothing" }, fails],
  });
  const otherId = await automation(ctx, { trigger: { expect: [other] }, actions: [fails] });
  for (const event of [one, other, one]) {
    await emitEvent(ctx, { event, resource: { "prefect.resource.id": "shop" } });
    await settled(ctx);
  }
  const page = async (variables: object) => {
    const { data, errors } = await ask(
      server.url,
      `query ($automationId: ID, $status: [ActionRunStatus!], $first: Int, $after: String) {
        actionRuns(automationId: $automationId, status: $status, first: $first, after: $after) {
          nodes { id status action { type } firing { automation { id } } } pageInfo { endCursor hasNextPage } } }`,
      variables as Record<string, unknown>,
    );
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data?.actionRuns as {
      nodes: { id: string; status: string; firing: { automation: { id: string } } }[];
      pageInfo: { endCursor: string; hasNextPage: boolean };
    };
  };
  const first = await page({ status: ["FAILED"], first: 3 });
  expect(first.nodes.map(({ firing }) => firing.automation.id)).toEqual([
    automationId,
    automationId,
    otherId,
  ]);
  expect(first.pageInfo.hasNextPage).toBe(true);
  const second = await page({ status: ["FAILED"], first: 2, after: first.pageInfo.endCursor });
  expect(second.nodes.map(({ firing }) => firing.automation.id)).toEqual([automationId, automationId]);
  const seen = [...first.nodes, ...second.nodes].map(({ id }) => id);
  expect(new Set(seen).size).toBe(5);
  const whole = await page({ automationId });
  expect(whole.nodes.map(({ status }) => status)).toEqual([
    ...["FAILED", "SUCCEEDED", "FAILED"],
    ...["FAILED", "SUCCEEDED", "FAILED"],
  ]);
  expect((await page({ automationId: otherId, status: ["SUCCEEDED"] })).nodes).toEqual([]);
  await expect(page({ after: "nonsense" })).rejects.toThrow("BAD_CURSOR");
});

it("actions 2.4: one that failed is discarded, until it is carried out again; one that was done cannot be", async () => {
  const name = randomUUID();
  const automationId = await automation(ctx, {
    trigger: { expect: [name] },
    actions: [{ type: "pause-deployment", source: "inferred" }, { type: "do-nothing" }],
  });
  await emitEvent(ctx, { event: name, resource: { "prefect.resource.id": "shop" } });
  await settled(ctx);
  const [failed = "", done = ""] = await actionRunsOf(ctx, automationId);
  const listed = async (discarded: boolean) => {
    const { data } = await ask(
      server.url,
      `query ($automationId: ID, $discarded: Boolean) {
        actionRuns(automationId: $automationId, discarded: $discarded) { nodes { id discardedAt } } }`,
      { automationId, discarded },
    );
    const page = data?.actionRuns as { nodes: { id: string; discardedAt: string | null }[] }; // as asked for
    return page.nodes;
  };
  expect((await listed(false)).map(({ id }) => id)).toEqual([failed, done]);

  expect(await discard(failed)).toMatchObject({ __typename: "ActionRun", status: "FAILED", attempts: 1 });
  expect((await listed(false)).map(({ id }) => id)).toEqual([done]);
  const [discarded] = await listed(true);
  expect(discarded).toMatchObject({ id: failed, discardedAt: expect.any(String) });
  await discard(failed);
  expect(await listed(true)).toEqual([discarded]);
  expect(await discard(done)).toMatchObject({ __typename: "ActionNotFailedError", status: "SUCCEEDED" });

  await retry(failed);
  expect(await listed(true)).toEqual([]);
  await settled(ctx);
});
