import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import type { JsonObject } from "../../../core/json.ts";
import { firingEventId } from "../../../core/trigger/firing-id.ts";
import { runAction } from "../../../server/action/run-action.ts";
import { updateAutomation } from "../../../server/automation/update-automation.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation } from "../../support/engine.ts";
import { acted, actionEvents, unexpected } from "../../support/fired.ts";
import { judgeAll } from "../../support/virtual-log.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const nothing = () => undefined;

/** Lets an automation with this action fire on an event. @returns the action run, not carried out yet */
async function fired(
  action: JsonObject,
  payload: JsonObject = {},
  related: Record<string, string>[] = [],
): Promise<{ id: string; automationId: string; eventId: string }> {
  const name = randomUUID();
  const automationId = await automation(ctx, { name, trigger: { expect: [name] }, actions: [action] });
  const event = await emitEvent(ctx, {
    event: name,
    resource: { "prefect.resource.id": "thing" },
    related,
    payload,
  });
  await judgeAll(ctx);
  const run = await ctx.prisma.actionRun.findFirstOrThrow({ where: { firing: { automationId } } });
  return { id: run.id, automationId, eventId: event.id };
}

const stored = (id: string) => ctx.prisma.actionRun.findUniqueOrThrow({ where: { id } });

const eventsOf = (id: string) =>
  ctx.db.query<{ event: string; related: { "prefect.resource.role": string }[]; payload: JsonObject }>(sql`
    SELECT event, related, payload FROM event WHERE payload->>'invocation' = ${id} ORDER BY position`);

async function deployment(schema: JsonObject | null = null, parameters: JsonObject = {}): Promise<string> {
  const { id } = await registerDeployment(ctx, {
    deployment: { flowName: `flow ${randomUUID()}`, name: "main", parameterSchema: schema, parameters },
  });
  return id;
}

const schemaOf = (shape: z.ZodRawShape) => z.toJSONSchema(z.object(shape)) as JsonObject;

describe("actions 2: carrying out an action", () => {
  it("actions 20: does nothing where it is told to, and tells of it", async () => {
    const { id } = await fired({ type: "do-nothing" });
    await runAction(ctx, id, nothing);
    expect(await stored(id)).toMatchObject({ status: "SUCCEEDED", attempts: 1, error: null });
    expect((await eventsOf(id)).map(({ event }) => event)).toEqual([
      "prefect.automation.action.triggered",
      "prefect.automation.action.executed",
    ]);
  });

  it("actions 45: a job whose action run is gone is left alone", async () => {
    await expect(runAction(ctx, randomUUID(), unexpected)).resolves.toBeUndefined();
  });

  it("actions 46: its events relate what led to it; the first follows the event, the second the first", async () => {
    const { id, eventId, automationId } = await fired({ type: "do-nothing" });
    await runAction(ctx, id, unexpected);
    const [begun, executed] = await actionEvents(ctx, id);
    const run = await stored(id);
    const firing = await ctx.prisma.firing.findUniqueOrThrow({ where: { id: run.firingId } });
    const told = firingEventId(firing.id, "Triggered");
    for (const event of [begun, executed]) {
      expect(event?.resource).toMatchObject({
        "prefect.resource.id": `prefect.automation.${automationId}`,
        "prefect.trigger-type": "event",
        "prefect.posture": "Reactive",
      });
      expect(event?.related).toEqual([
        {
          "prefect.resource.id": `prefect.event.${told}`,
          "prefect.resource.role": "automation-triggered-event",
        },
        { "prefect.resource.id": `prefect.event.${eventId}`, "prefect.resource.role": "triggering-event" },
      ]);
      expect(event?.payload).toEqual({ action_index: 0, action_type: "do-nothing", invocation: id });
    }
    expect([begun?.occurred, begun?.follows]).toEqual([firing.triggered, eventId]);
    expect(executed?.follows).toBe(begun?.id);
  });

  it("actions 47: where two of three fail, each has its result, and the good one is carried out", async () => {
    const { runs } = await acted(ctx, [
      { type: "cancel-flow-run" },
      { type: "do-nothing" },
      { type: "pause-deployment", source: "inferred" },
    ]);
    const ended = await Promise.all(runs.map(async (id) => (await actionEvents(ctx, id)).at(-1)));
    expect(ended.map((event) => [event?.event.split(".").at(-1), event?.payload.action_index])).toEqual([
      ["failed", 0],
      ["executed", 1],
      ["failed", 2],
    ]);
  });

  it("actions 42: once, however often its job comes", async () => {
    const target = await deployment();
    const { id } = await fired({ type: "run-deployment", deployment_id: target });
    await Promise.all([
      runAction(ctx, id, nothing),
      runAction(ctx, id, nothing),
      runAction(ctx, id, nothing),
    ]);
    await runAction(ctx, id, nothing);
    expect(await ctx.prisma.flowRun.count({ where: { deploymentId: target } })).toBe(1);
    expect(await eventsOf(id)).toHaveLength(2);
  });

  it("1.3: makes a run with its parameters over the deployment's own", async () => {
    const target = await deployment(schemaOf({ user: z.string(), n: z.number(), own: z.boolean() }), {
      n: 1,
      own: true,
    });
    const { id, automationId } = await fired(
      {
        type: "run-deployment",
        deployment_id: target,
        parameters: { user: "{{ event.payload.user }}", n: 2 },
      },
      { user: "ann" },
    );
    await runAction(ctx, id, nothing);
    const [run] = await ctx.prisma.flowRun.findMany({ where: { deploymentId: target } });
    expect(run).toMatchObject({
      parameters: { user: "ann", n: 2, own: true },
      createdBy: `prefect.automation.${automationId}`,
      idempotencyKey: id,
      chain: [automationId],
    });
    expect(await stored(id)).toMatchObject({ status: "SUCCEEDED", result: { flow_run_id: run?.id } });
    const executed = (await eventsOf(id)).at(-1);
    expect(executed?.related.map((each) => each["prefect.resource.role"])).toEqual([
      "target",
      "flow-run",
      "automation-triggered-event",
      "triggering-event",
    ]);
  });

  it("3.6: gives a parameter that is text any other value as its JSON", async () => {
    const target = await deployment(schemaOf({ param_1: z.string() }));
    const { id, eventId } = await fired({
      type: "run-deployment",
      deployment_id: target,
      parameters: { param_1: "{{ event }}" },
    });
    await runAction(ctx, id, nothing);
    const [run] = await ctx.prisma.flowRun.findMany({ where: { deploymentId: target } });
    const param_1 = String((run?.parameters as JsonObject | undefined)?.param_1);
    expect(JSON.parse(param_1)).toMatchObject({ id: eventId });
  });

  it("1.1: infers the deployment from what the event is about", async () => {
    const target = await deployment();
    const { id } = await fired({ type: "run-deployment", source: "inferred" }, {}, [
      { "prefect.resource.id": "prefect.deployment.none", "prefect.resource.role": "deployment" },
      { "prefect.resource.id": `prefect.deployment.${target}`, "prefect.resource.role": "deployment" },
    ]);
    await runAction(ctx, id, nothing);
    expect(await ctx.prisma.flowRun.count({ where: { deploymentId: target } })).toBe(1);
  });

  it.each([
    [
      "no deployment is named",
      { type: "run-deployment", source: "inferred" },
      "No deployment could be inferred",
    ],
    [
      "the deployment is gone",
      { type: "run-deployment", deployment_id: "5f0f6c5e-0000-4000-8000-000000000000" },
      'no deployment "5f0f6c5e-0000-4000-8000-000000000000"',
    ],
  ])("fails, finally and without a run, where %s", async (_, action, reason) => {
    const { id } = await fired(action);
    await runAction(ctx, id, nothing);
    expect(await stored(id)).toMatchObject({ status: "FAILED", error: reason });
    expect((await eventsOf(id)).at(-1)).toMatchObject({
      event: "prefect.automation.action.failed",
      payload: { reason },
    });
  });

  it("1.3: fails with what is wrong with the parameters", async () => {
    const target = await deployment(schemaOf({ n: z.number() }));
    const { id } = await fired({ type: "run-deployment", deployment_id: target, parameters: { n: "many" } });
    await runAction(ctx, id, nothing);
    expect(await stored(id)).toMatchObject({
      status: "FAILED",
      result: { validation_error: [{ path: ["parameters", "n"] }] },
    });
    expect(await ctx.prisma.flowRun.count({ where: { deploymentId: target } })).toBe(0);
  });

  it("0: does what the automation said when it fired, also where it was changed since", async () => {
    const target = await deployment();
    const { id, automationId } = await fired({ type: "run-deployment", deployment_id: target });
    await updateAutomation(
      ctx,
      automationId,
      parseAutomationDocument({ name: randomUUID(), trigger: {}, actions: [{ type: "do-nothing" }] }),
    );
    await runAction(ctx, id, nothing);
    expect(await ctx.prisma.flowRun.count({ where: { deploymentId: target } })).toBe(1);
  });

  it("2.2: tries again what goes wrong unexpectedly, four times in all, with nothing half done", async () => {
    const target = await deployment();
    const { id } = await fired({ type: "run-deployment", deployment_id: target });
    const broken = {
      ...ctx,
      newId: () => {
        throw new Error("out of ids");
      },
    };
    for (let attempt = 1; attempt < 4; attempt++) {
      await runAction(broken, id, nothing);
      expect(await stored(id)).toMatchObject({ status: "PENDING", attempts: attempt, error: "out of ids" });
      await runAction(broken, id, nothing);
      expect(await stored(id), "before it is due").toMatchObject({ attempts: attempt });
      await ctx.prisma.actionRun.update({ where: { id }, data: { dueAt: null } });
    }
    await runAction(broken, id, nothing);
    expect(await stored(id)).toMatchObject({ status: "FAILED", attempts: 4, error: "out of ids" });
    expect(await ctx.prisma.flowRun.count({ where: { deploymentId: target } })).toBe(0);
    expect((await eventsOf(id)).map(({ event }) => event)).toEqual([
      "prefect.automation.action.triggered",
      ...Array.from({ length: 3 }, () => "prefect.automation.action.retrying"),
      "prefect.automation.action.failed",
    ]);
    const waiting = await ctx.db.query(sql`
      SELECT FROM graphile_worker.jobs j JOIN graphile_worker._private_jobs p ON p.id = j.id
      WHERE p.payload->>'id' = ${id} AND p.run_at > p.created_at`);
    expect(waiting).toHaveLength(3);
  });
});

describe("actions 3.4: templates that cannot be filled in", () => {
  it.each<[string, JsonObject]>([
    ["run-deployment", { parameters: { n: "{{ nothing.of.it }}" } }],
    ["resume-flow-run", { input: { n: "{{ nothing.of.it }}" } }],
  ])("a strict %s fails for good where a name is undefined", async (type, more) => {
    const target: JsonObject = type === "run-deployment" ? { deployment_id: await deployment() } : {};
    const { id } = await fired({ type, ...target, ...more, strict: true });
    await runAction(ctx, id, unexpected);
    expect(await stored(id)).toMatchObject({
      status: "FAILED",
      attempts: 1,
      error: expect.stringMatching(/^Template rendering failed: /),
      result: { template_source: "{{ nothing.of.it }}" },
    });
  });
});
