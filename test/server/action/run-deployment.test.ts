import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { JsonObject } from "../../../core/json.ts";
import { runAction } from "../../../server/action/run-action.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { acted, fired, storedAction, unexpected } from "../../support/fired.ts";
import { resolved } from "../../support/resolved.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext({ ANTIPHON_MAX_VALUE_BYTES: "4096" });
});
afterAll(() => ctx.close());

async function deployment(more: Record<string, unknown> = {}): Promise<string> {
  const flowName = `flow ${randomUUID()}`;
  return (await registerDeployment(ctx, { deployment: { flowName, name: "main", ...more } })).id;
}

const runsOf = (deploymentId: string) => ctx.prisma.flowRun.findMany({ where: { deploymentId } });

/** What of a run-deployment action came, as the run that it made and as it was recorded. */
async function ran(action: JsonObject, more: { name?: string; payload?: JsonObject } = {}) {
  const { name = `automation ${randomUUID()}`, payload = {} } = more;
  const given = { name, actions: [{ type: "run-deployment", ...action }] };
  const done = await acted(ctx, given, { payload });
  return { ...done, action: await storedAction(ctx, done.runs[0]) };
}

describe("actions 1.3: running a deployment", () => {
  it("actions 21: without parameters the run has the deployment's, and says which automation made it", async () => {
    const target = await deployment({ parameters: { who: "all", n: 1 } });
    const { automationId } = await ran({ deployment_id: target }, { name: "plain" });
    expect(await runsOf(target)).toMatchObject([
      {
        parameters: { who: "all", n: 1 },
        createdBy: `prefect.automation.${automationId}`,
        createdByName: "plain",
      },
    ]);
  });

  it("actions 22: an automation's name survives, whatever it is written in", async () => {
    const target = await deployment();
    const name = "Bestellung 注文 🦫";
    await ran({ deployment_id: target }, { name });
    expect(await runsOf(target)).toMatchObject([{ createdByName: name }]);
  });

  it("actions 26: parameters that come to no JSON are a failure, and make no run", async () => {
    const target = await deployment();
    const { action } = await ran(
      {
        deployment_id: target,
        parameters: {
          __prefect_kind: "json",
          value: { __prefect_kind: "jinja", template: "{{ event.payload.text }}" },
        },
      },
      { payload: { text: "{notjson" } },
    );
    expect(action).toMatchObject({
      status: "FAILED",
      error: expect.stringMatching(/^Unable to create flow run from deployment: /),
    });
    expect(await runsOf(target)).toEqual([]);
  });

  it("actions 33: parameters above the limit are a failure, and make no run", async () => {
    const target = await deployment();
    const { action } = await ran(
      { deployment_id: target, parameters: { text: "{{ event.payload.text }}" } },
      { payload: { text: "x".repeat(5_000) } },
    );
    expect(action).toMatchObject({ status: "FAILED", error: expect.stringContaining("4096") });
    expect(await runsOf(target)).toEqual([]);
  });

  it("actions 34: a deployment that is not there is a failure with the status 404", async () => {
    const { action } = await ran({ deployment_id: randomUUID() });
    expect(action).toMatchObject({ status: "FAILED", result: { status_code: 404 } });
  });

  it("actions 35: is scheduled as long after the firing as it says", async () => {
    const target = await deployment();
    const { automationId } = await ran({ deployment_id: target, schedule_after: "PT2H" });
    const { triggered } = await ctx.prisma.firing.findFirstOrThrow({ where: { automationId } });
    const [run] = await runsOf(target);
    expect((run?.expectedStart?.getTime() ?? 0) - triggered.getTime()).toBe(2 * 3600 * 1000);
    await expect(
      fired(ctx, [{ type: "run-deployment", deployment_id: target, schedule_after: -1 }]),
    ).rejects.toThrow(/schedule_after/);
  });
});

it("actions 102: what is done on resolve is done once a metric is well again, with the event that tells of it and the new value", async () => {
  const parameterSchema = z.toJSONSchema(z.object({ value: z.number(), by: z.string() })) as JsonObject;
  const [begun, ended] = [await deployment(), await deployment({ parameterSchema })];
  const runs = await resolved(ctx, {
    actions_on_trigger: [{ type: "run-deployment", deployment_id: begun }],
    actions_on_resolve: [
      {
        type: "run-deployment",
        deployment_id: ended,
        parameters: { value: "{{ metric.value }}", by: "{{ event.event }}" },
      },
    ],
  });
  for (const one of runs) await runAction(ctx, one, unexpected);
  expect(await runsOf(begun)).toHaveLength(1);
  expect(await runsOf(ended)).toMatchObject([
    { parameters: { value: 0.75, by: "prefect.automation.resolved" } },
  ]);
});
