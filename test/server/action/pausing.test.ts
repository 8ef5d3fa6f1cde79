import { randomUUID } from "node:crypto";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import { runAction } from "../../../server/action/run-action.ts";
import { setAutomationEnabled } from "../../../server/automation/set-automation-enabled.ts";
import { updateAutomation } from "../../../server/automation/update-automation.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { startExecution } from "../../../server/flow-run/start-execution.ts";
import { claimFlowRuns } from "../../../server/runner/claim-flow-runs.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation, firingsOf } from "../../support/engine.ts";
import { lastEvent } from "../../support/events.ts";
import { acted, related, storedAction, unexpected } from "../../support/fired.ts";
import { judgeAll } from "../../support/virtual-log.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

async function deployment(): Promise<string> {
  const flowName = `flow ${randomUUID()}`;
  return (await registerDeployment(ctx, { deployment: { flowName, name: "main" } })).id;
}

const claim = (deploymentId: string) =>
  claimFlowRuns(ctx, { runnerId: v7(), deploymentIds: [deploymentId], limit: 10 });

describe("actions 1.2: pausing a deployment", () => {
  it("its event tells of it, and belongs to the chain of the automation", async () => {
    const id = await deployment();
    const { automationId } = await acted(ctx, [{ type: "pause-deployment", deployment_id: id }]);
    expect(await lastEvent(ctx, `prefect.deployment.${id}`, "prefect.deployment.updated")).toMatchObject({
      payload: { paused: true, changed: ["paused"] },
      chain: [automationId],
    });
  });

  it("gives runners none of its runs that have not begun; they stay Scheduled until it is resumed", async () => {
    const id = await deployment();
    const waiting = await runDeployment(ctx, { deployment: id });
    await acted(ctx, [{ type: "pause-deployment", deployment_id: id }]);
    expect(await claim(id)).toEqual([]);
    expect(await ctx.prisma.flowRun.findUniqueOrThrow({ where: { id: waiting } })).toMatchObject({
      stateType: "SCHEDULED",
    });
    await acted(ctx, [{ type: "resume-deployment", deployment_id: id }]);
    expect((await claim(id)).map(({ flowRunId }) => flowRunId)).toEqual([waiting]);
  });

  it("lets those that have begun go on", async () => {
    const id = await deployment();
    await runDeployment(ctx, { deployment: id });
    const [claimed] = await claim(id);
    if (claimed === undefined) throw new Error("nothing was claimed");
    const run = await startExecution(ctx, claimed);
    await acted(ctx, [{ type: "pause-deployment", deployment_id: id }]);
    await setFlowRunState(ctx, { ...run, state: { type: "FAILED" } });
    await acted(ctx, [
      { type: "change-flow-run-state", source: "selected", flow_run_id: run.flowRunId, state: "SCHEDULED" },
    ]);
    expect((await claim(id)).map(({ flowRunId }) => flowRunId)).toEqual([run.flowRunId]);
  });

  it("2.3: one that is paused already counts as done, without an event", async () => {
    const id = await deployment();
    await acted(ctx, [{ type: "pause-deployment", deployment_id: id }]);
    const before = await lastEvent(ctx, `prefect.deployment.${id}`, "prefect.deployment.updated");
    const { runs } = await acted(ctx, [{ type: "pause-deployment", deployment_id: id }]);
    expect(await storedAction(ctx, runs[0])).toMatchObject({
      status: "SUCCEEDED",
      result: { already: true },
    });
    expect(await lastEvent(ctx, `prefect.deployment.${id}`, "prefect.deployment.updated")).toEqual(before);
  });
});

describe("actions 1.2: pausing an automation", () => {
  const isEnabled = async (id: string) =>
    (await ctx.prisma.automation.findUniqueOrThrow({ where: { id } })).enabled;

  it("actions 18: one that the event relates is disabled, and judges nothing from then on", async () => {
    const name = randomUUID();
    const watching = await automation(ctx, { trigger: { expect: [name] } });
    const { automationId } = await acted(ctx, [{ type: "pause-automation", source: "inferred" }], {
      related: [related(`prefect.automation.${watching}`)],
    });
    expect(await isEnabled(watching)).toBe(false);
    expect(
      await lastEvent(ctx, `prefect.automation.${watching}`, "prefect.automation.updated"),
    ).toMatchObject({
      payload: { enabled: false },
      chain: [automationId],
    });
    await emitEvent(ctx, { event: name, resource: { "prefect.resource.id": "thing" } });
    await judgeAll(ctx);
    expect(await firingsOf(ctx, watching)).toEqual([]);
  });

  it("actions 18: also itself", async () => {
    const id = await automation(ctx, { trigger: { expect: [randomUUID()] } });
    const name = randomUUID();
    const definition = parseAutomationDocument({
      name,
      trigger: { expect: [name] },
      actions: [{ type: "pause-automation", automation_id: id }],
    });
    await updateAutomation(ctx, id, definition);
    await emitEvent(ctx, { event: name, resource: { "prefect.resource.id": "thing" } });
    await judgeAll(ctx);
    const run = await ctx.prisma.actionRun.findFirstOrThrow({ where: { firing: { automationId: id } } });
    await runAction(ctx, run.id, unexpected);
    expect(await isEnabled(id)).toBe(false);
  });

  it("one that is resumed watches again", async () => {
    const name = randomUUID();
    const watching = await automation(ctx, { trigger: { expect: [name] } });
    await setAutomationEnabled(ctx, watching, false);
    await acted(ctx, [{ type: "resume-automation", automation_id: watching }]);
    await emitEvent(ctx, { event: name, resource: { "prefect.resource.id": "thing" } });
    await judgeAll(ctx);
    expect(await firingsOf(ctx, watching)).toHaveLength(1);
  });

  it("actions 19: one that would loop when it is enabled is not; the action fails", async () => {
    const looping = await automation(ctx, {
      enabled: false,
      trigger: { expect: ["prefect.flow-run.*"] },
      actions: [{ type: "run-deployment", source: "inferred" }],
    });
    const { runs } = await acted(ctx, [{ type: "resume-automation", automation_id: looping }]);
    expect(await storedAction(ctx, runs[0])).toMatchObject({
      status: "FAILED",
      error: expect.stringContaining("actions[0] would loop"),
    });
    expect(await isEnabled(looping)).toBe(false);
  });

  it("2.3: one that is so already counts as done", async () => {
    const id = await automation(ctx, { trigger: { expect: [randomUUID()] } });
    const { runs } = await acted(ctx, [{ type: "resume-automation", automation_id: id }]);
    expect(await storedAction(ctx, runs[0])).toMatchObject({
      status: "SUCCEEDED",
      result: { already: true },
    });
  });
});
