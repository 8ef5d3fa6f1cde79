import { randomUUID } from "node:crypto";
import { graphql } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { retryActionRun } from "../../../server/action/retry-action-run.ts";
import { runAction } from "../../../server/action/run-action.ts";
import { setAutomationEnabled } from "../../../server/automation/set-automation-enabled.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { schema } from "../../../server/graphql/schema.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation } from "../../support/engine.ts";
import { actionRunsOf, storedAction, unexpected } from "../../support/fired.ts";
import { judgeAll } from "../../support/virtual-log.ts";

let ctx: TestContext;
const most = 3;

beforeAll(async () => {
  ctx = await createTestContext({ ANTIPHON_ACTION_FAILURES: String(most) });
});
afterAll(async () => {
  await ctx.close();
});

async function ask(source: string, variableValues: Record<string, unknown>) {
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue: ctx });
  expect(errors).toBeUndefined();
  return data;
}

/** An automation that pauses the deployment that an event is about. */
async function pausing(): Promise<{ id: string; name: string; deployment: string }> {
  const name = `asked-${randomUUID()}`;
  const id = await automation(ctx, {
    name,
    trigger: { expect: [name] },
    actions: [{ type: "pause-deployment", source: "inferred" }],
  });
  const { id: deployment } = await registerDeployment(ctx, {
    deployment: { flowName: `flow ${name}`, name: "main" },
  });
  return { id, name, deployment };
}

/** Has it fire on an event about a resource, and its action carried out. @returns the action run */
async function fire(of: { id: string; name: string }, resource = "nothing"): Promise<string> {
  await emitEvent(ctx, { event: of.name, resource: { "prefect.resource.id": resource } });
  await judgeAll(ctx);
  const run = (await actionRunsOf(ctx, of.id)).at(-1) ?? "";
  await runAction(ctx, run, unexpected);
  return run;
}

const failTimes = async (of: { id: string; name: string }, times: number) => {
  for (let time = 0; time < times; time++) await fire(of);
};

async function disabledOf(id: string): Promise<unknown> {
  const data = await ask(
    "query ($id: ID!) { automation(id: $id) { disabledActions { list place failures } } }",
    { id },
  );
  return (data as { automation: { disabledActions: unknown } }).automation.disabledActions;
}

const told = (id: string, event: string) =>
  ctx.prisma.event.findMany({
    where: { event, resource: { path: ["prefect.resource.id"], equals: `prefect.automation.${id}` } },
  });

const enable = (automationId: string, list = "actions", place = 0) =>
  ask(
    `mutation ($automation: ID!, $list: String!, $place: Int!) {
      enableAction(automation: $automation, list: $list, place: $place) { __typename ... on Error { message } }
    }`,
    { automation: automationId, list, place },
  );

describe("actions 2.4: an action that fails again and again", () => {
  it("is carried out no more after so many failures in a row, and that is told once", async () => {
    const one = await pausing();
    await failTimes(one, most - 1);
    expect(await disabledOf(one.id)).toEqual([]);
    await failTimes(one, 2);
    expect(await disabledOf(one.id)).toEqual([{ list: "actions", place: 0, failures: most }]);
    expect(await told(one.id, "prefect.automation.action.disabled")).toMatchObject([
      { payload: { failures: most, action_index: 0, action_type: "pause-deployment" } },
    ]);

    const run = await fire(one, `prefect.deployment.${one.deployment}`);
    expect(await storedAction(ctx, run)).toMatchObject({
      status: "FAILED",
      error: expect.stringContaining("the action is disabled, since it has failed too often in a row"),
    });
    expect(await ctx.prisma.deployment.findUnique({ where: { id: one.deployment } })).toMatchObject({
      paused: false,
    });
  });

  it("is carried out again once somebody enables it", async () => {
    const one = await pausing();
    await failTimes(one, most);
    expect(await enable(one.id)).toEqual({ enableAction: { __typename: "Automation" } });
    expect(await disabledOf(one.id)).toEqual([]);
    expect(await told(one.id, "prefect.automation.action.enabled")).toMatchObject([
      { payload: { list: "actions", place: 0 } },
    ]);
    const run = await fire(one, `prefect.deployment.${one.deployment}`);
    expect(await storedAction(ctx, run)).toMatchObject({ status: "SUCCEEDED" });
  });

  it("is enabled by a retry that succeeds, which is made although it is disabled", async () => {
    const one = await pausing();
    await failTimes(one, most);
    const refused = await fire(one, `prefect.deployment.${one.deployment}`);
    await retryActionRun(ctx, refused);
    await runAction(ctx, refused, unexpected);
    expect(await storedAction(ctx, refused)).toMatchObject({ status: "SUCCEEDED" });
    expect(await disabledOf(one.id)).toEqual([]);
  });

  it("counts anew behind a success, and for an automation that was changed", async () => {
    const one = await pausing();
    await failTimes(one, most - 1);
    await fire(one, `prefect.deployment.${one.deployment}`);
    await failTimes(one, most - 1);
    expect(await disabledOf(one.id)).toEqual([]);
    for (const enabled of [false, true]) await setAutomationEnabled(ctx, one.id, enabled);
    await failTimes(one, most - 1);
    expect(await disabledOf(one.id)).toEqual([]);
  });

  it("cannot be enabled where there is none", async () => {
    const one = await pausing();
    expect(await enable(randomUUID())).toMatchObject({
      enableAction: { __typename: "NotFoundError" },
    });
    expect(await enable(one.id, "acts")).toMatchObject({
      enableAction: {
        __typename: "InvalidInputError",
        message: expect.stringContaining('"acts" is none of'),
      },
    });
    // One that is not disabled stays as it is, and nothing is told.
    expect(await enable(one.id)).toEqual({ enableAction: { __typename: "Automation" } });
    expect(await told(one.id, "prefect.automation.action.enabled")).toEqual([]);
  });
});
