import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runAction } from "../../../server/action/run-action.ts";
import { deleteAutomation } from "../../../server/automation/delete-automation.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation } from "../../support/engine.ts";
import {
  acted,
  actionEvents,
  actionRunsOf,
  fired,
  related,
  storedAction,
  unexpected,
} from "../../support/fired.ts";
import { calledRun, readRun } from "../../support/runs.ts";
import { appendAt, judgeAll, logClock, setLogClock } from "../../support/virtual-log.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

async function deployment(): Promise<string> {
  const flowName = `flow ${randomUUID()}`;
  return (await registerDeployment(ctx, { deployment: { flowName, name: "main" } })).id;
}

const isPaused = async (id: string) =>
  (await ctx.prisma.deployment.findUniqueOrThrow({ where: { id } })).paused;

const inferred = (type: string) => ({ type, source: "inferred" });

/** Takes an action run its triggering event, as retention does. */
async function forgetEvent(id: string | undefined) {
  const run = await storedAction(ctx, id);
  await ctx.prisma.actionRun.update({ where: { id: run.id }, data: { triggeringEventId: null } });
  await ctx.prisma.firing.update({ where: { id: run.firingId }, data: { triggeringEventId: null } });
}

describe("actions 1.1: deployments and automations", () => {
  it("actions 3: an inferred deployment is paused, and the event relates it as the target", async () => {
    const id = await deployment();
    const { runs } = await acted(ctx, [inferred("pause-deployment")], {
      related: [related(`prefect.deployment.${id}`)],
    });
    expect(await isPaused(id)).toBe(true);
    const [, executed] = await actionEvents(ctx, runs[0]);
    expect(executed).toMatchObject({
      event: "prefect.automation.action.executed",
      payload: { action_type: "pause-deployment", status_code: 200 },
    });
    expect(executed?.related[0]).toEqual({
      "prefect.resource.id": `prefect.deployment.${id}`,
      "prefect.resource.role": "target",
      "prefect.resource.name": "main",
    });
  });

  it.each([
    ["pause-deployment", "No event to infer the deployment"],
    ["run-deployment", "No event to infer the deployment"],
    ["pause-automation", "No event to infer the automation"],
  ])("actions 4, 7: %s fails without an event", async (type, reason) => {
    const { runs } = await fired(ctx, [inferred(type)]);
    await forgetEvent(runs[0]);
    await runAction(ctx, runs[0] ?? "", unexpected);
    expect(await storedAction(ctx, runs[0])).toMatchObject({ status: "FAILED", error: reason });
  });

  it.each([
    ["pause-deployment", "No deployment could be inferred"],
    ["resume-automation", "No automation could be inferred"],
  ])(
    "actions 5, 6, 7: %s fails where no resource is one, or has an id that can be one",
    async (type, reason) => {
      const { runs } = await acted(ctx, [inferred(type)], {
        related: [
          related("prefect.deployment.nope"),
          related("prefect.automation.nope"),
          related(`oh.so.close.${randomUUID()}`),
        ],
      });
      expect(await storedAction(ctx, runs[0])).toMatchObject({ status: "FAILED", error: reason });
    },
  );

  it("1.1: the first resource of the kind that has a usable id is taken, whatever its role", async () => {
    const [first, second] = [await deployment(), await deployment()];
    await acted(ctx, [inferred("pause-deployment")], {
      related: [
        related("prefect.deployment.nope", "deployment"),
        related(`prefect.deployment.${first}`, "bystander"),
        related(`prefect.deployment.${second}`, "deployment"),
      ],
    });
    expect([await isPaused(first), await isPaused(second)]).toEqual([true, false]);
  });

  it("1.1: what is selected and not there fails as not found", async () => {
    const [deploymentId, automationId, flowRunId] = [randomUUID(), randomUUID(), randomUUID()];
    const { runs } = await acted(ctx, [
      { type: "pause-deployment", deployment_id: deploymentId },
      { type: "pause-automation", automation_id: automationId },
      { type: "cancel-flow-run", source: "selected", flow_run_id: flowRunId },
    ]);
    const stored = await Promise.all(runs.map((id) => storedAction(ctx, id)));
    expect(stored.map(({ error, result }) => [error, result])).toEqual([
      [`no deployment "${deploymentId}"`, { status_code: 404 }],
      [`no automation "${automationId}"`, { status_code: 404 }],
      [`Failed to set state: no flow run "${flowRunId}"`, { status_code: 404 }],
    ]);
  });

  it("1.0: of a change of state it is what the original event is about, but an automation is the one that fired", async () => {
    const id = await deployment();
    const other = await automation(ctx, { trigger: { expect: [randomUUID()] } });
    const { automationId, runs } = await acted(
      ctx,
      { actions: [], actions_on_trigger: [inferred("pause-deployment"), inferred("pause-automation")] },
      { related: [related(`prefect.deployment.${id}`), related(`prefect.automation.${other}`)] },
    );
    expect(runs).toHaveLength(2);
    expect(await isPaused(id)).toBe(true);
    const enabled = async (which: string) =>
      (await ctx.prisma.automation.findUniqueOrThrow({ where: { id: which } })).enabled;
    expect([await enabled(other), await enabled(automationId)]).toEqual([true, false]);
  });

  it("1.1: of a composite the members' events are looked through, newest first", async () => {
    const [older, newer] = [await deployment(), await deployment()];
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
    const automationId = await automation(ctx, {
      trigger: {
        type: "compound",
        require: "all",
        triggers: [{ expect: [a] }, { expect: [b] }, { expect: [c] }],
      },
      actions: [inferred("pause-deployment")],
    });
    const at = await logClock(ctx);
    const about = (id: string) => [related(`prefect.deployment.${id}`)];
    const resource = { "prefect.resource.id": "thing" };
    await appendAt(ctx, [
      { received: at + 1, event: b, resource, related: about(older) },
      { received: at + 2, event: a, resource, related: about(newer) },
      { received: at + 3, event: c, resource },
    ]);
    await judgeAll(ctx);
    const [id] = await actionRunsOf(ctx, automationId);
    await runAction(ctx, id ?? "", unexpected);
    expect([await isPaused(older), await isPaused(newer)]).toEqual([false, true]);
  });
});

describe("actions 1.1: flow runs", () => {
  it("actions 8: a proactive trigger for each run cancels the one that its labels name, without any event", async () => {
    const { flowRunId } = await calledRun(ctx);
    const name = randomUUID();
    const automationId = await automation(ctx, {
      trigger: {
        posture: "Proactive",
        match: { "prefect.resource.id": "prefect.flow-run.*" },
        after: [name],
        expect: [`${name}.done`],
        for_each: ["prefect.resource.id"],
        within: 30,
      },
      actions: [{ type: "cancel-flow-run" }],
    });
    const at = await logClock(ctx);
    await appendAt(ctx, [
      { received: at + 1, event: name, resource: { "prefect.resource.id": `prefect.flow-run.${flowRunId}` } },
    ]);
    await setLogClock(ctx, at + 600_000);
    await judgeAll(ctx);
    const [id] = await actionRunsOf(ctx, automationId);
    await forgetEvent(id);
    await runAction(ctx, id ?? "", unexpected);
    const run = await readRun(ctx, flowRunId);
    expect([run.stateType, run.stateMessage]).toEqual([
      "CANCELLING",
      `Cancelled by Automation ${automationId}`,
    ]);
  });

  it("actions 9: without labels it is the first run among what the event is about", async () => {
    const { flowRunId } = await calledRun(ctx);
    await acted(ctx, [{ type: "cancel-flow-run" }], {
      related: [related("prefect.flow-run.nope"), related(`prefect.flow-run.${flowRunId}`, "flow-run")],
    });
    expect((await readRun(ctx, flowRunId)).stateType).toBe("CANCELLING");
  });

  it("1.1: the labels come before what the event is about", async () => {
    const [labelled, other] = [await calledRun(ctx), await calledRun(ctx)];
    await acted(ctx, [{ type: "cancel-flow-run" }], {
      resource: { "prefect.resource.id": "thing", run: "x" },
      related: [
        related(`prefect.flow-run.${other.flowRunId}`, "bystander"),
        related(`prefect.flow-run.${labelled.flowRunId}`, "flow-run"),
      ],
      trigger: { for_each: ["related:flow-run:prefect.resource.id"] },
    });
    const states = [labelled, other].map(async ({ flowRunId }) => (await readRun(ctx, flowRunId)).stateType);
    expect(await Promise.all(states)).toEqual(["CANCELLING", "RUNNING"]);
  });

  it.each(["cancel-flow-run", "suspend-flow-run", "resume-flow-run", "delete-flow-run"])(
    "actions 10: %s fails where neither label nor resource is one",
    async (type) => {
      const { runs } = await acted(ctx, [{ type }], { trigger: { for_each: ["prefect.resource.id"] } });
      expect(await storedAction(ctx, runs[0])).toMatchObject({
        status: "FAILED",
        error: "No flow run could be inferred",
      });
    },
  );

  it("1.1: an automation that is deleted meanwhile still does what it fired for", async () => {
    const { flowRunId } = await calledRun(ctx);
    const { automationId, runs } = await fired(ctx, [
      { type: "cancel-flow-run", source: "selected", flow_run_id: flowRunId },
    ]);
    await deleteAutomation(ctx, automationId);
    await runAction(ctx, runs[0] ?? "", unexpected);
    expect((await readRun(ctx, flowRunId)).stateType).toBe("CANCELLING");
  });
});
