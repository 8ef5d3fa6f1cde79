import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import { InvalidInputError } from "../../../core/error.ts";
import type { JsonObject } from "../../../core/json.ts";
import { createAutomation } from "../../../server/automation/create-automation.ts";
import { updateAutomation } from "../../../server/automation/update-automation.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { updateWorkPool } from "../../../server/work-pool/update-work-pool.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { acted, storedAction } from "../../support/fired.ts";
import { makeRuns } from "../../support/schedules.ts";
import { inPool, pool } from "../../support/work-pools.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const variablesSchema = {
  type: "object",
  properties: { image: { type: "string" }, cpu: { type: "integer" } },
  required: ["image"],
  additionalProperties: false,
};

async function paths(work: Promise<unknown>): Promise<string[]> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(error instanceof InvalidInputError)) throw error;
  return error.issues.map(({ path }) => path.join("."));
}

function running(id: string, ...variables: (JsonObject | undefined)[]) {
  return parseAutomationDocument({
    name: randomUUID(),
    trigger: { expect: ["a"] },
    actions: variables.map((job_variables) => ({
      type: "run-deployment",
      deployment_id: id,
      ...(job_variables && { job_variables }),
    })),
  });
}

describe("actions 36: job variables that do not fit the pool's schema", () => {
  it("are refused on create and update, all of all actions at once; fitting ones are accepted", async () => {
    const deployment = await inPool(ctx, (await pool(ctx, { variablesSchema })).name);
    const bad = running(
      deployment,
      { image: 5, cpu: "many" },
      { image: "x" },
      { image: "x", colour: "red" },
      undefined,
    );
    const problems = [
      "actions.0.job_variables.image",
      "actions.0.job_variables.cpu",
      "actions.2.job_variables.colour",
      "actions.3.job_variables.image",
    ];
    expect((await paths(createAutomation(ctx, bad))).sort()).toEqual([...problems].sort());
    const id = await createAutomation(ctx, running(deployment, { image: "x", cpu: 2 }));
    expect((await paths(updateAutomation(ctx, id, bad))).sort()).toEqual([...problems].sort());
  });

  it("what the deployment gives is not asked of the action, and what templates give is not known yet", async () => {
    const { name } = await pool(ctx, { variablesSchema });
    const deployment = await inPool(ctx, name, { jobVariables: { image: "base" } });
    await createAutomation(ctx, running(deployment, undefined, { cpu: "{{ event.payload.cpu }}" }));
  });

  it("a deployment without a pool, a pool without a schema, and one that is not there are not looked at", async () => {
    const { id } = await registerDeployment(ctx, { deployment: { flowName: randomUUID(), name: "d" } });
    const anything = await inPool(ctx, (await pool(ctx, { variablesSchema: null })).name);
    for (const one of [id, anything, randomUUID()])
      await createAutomation(ctx, running(one, { colour: "red" }));
  });

  it("a deployment's own, those of its triggers and those of a run are refused with their places", async () => {
    const { name } = await pool(ctx, { variablesSchema });
    const deployment = { flowName: randomUUID(), name: "d", workPool: name };
    expect(
      await paths(registerDeployment(ctx, { deployment: { ...deployment, jobVariables: { cpu: "x" } } })),
    ).toEqual(["deployment.jobVariables.cpu"]);
    const triggers = [{ expect: ["a"], job_variables: { image: "x", cpu: "x" } }];
    expect(await paths(registerDeployment(ctx, { deployment: { ...deployment, triggers } }))).toEqual([
      "deployment.triggers.0.job_variables.cpu",
    ]);
    const { id } = await registerDeployment(ctx, { deployment });
    expect(await paths(runDeployment(ctx, { deployment: id, jobVariables: { cpu: 1 } }))).toEqual([
      "jobVariables.image",
    ]);
  });
});

describe("actions 1.3: the defaults of a pool's schema", () => {
  const withDefaults = {
    type: "object",
    properties: {
      image: { type: "string", default: "plain" },
      cpu: { type: "integer", default: 1 },
      env: { type: "object", default: { REGION: "north" } },
    },
    required: ["image"],
  };
  const made = async (id: string) =>
    (await ctx.prisma.flowRun.findUniqueOrThrow({ where: { id } })).jobVariables;

  it("lie under what the deployment and the run give, name by name", async () => {
    const { name } = await pool(ctx, { variablesSchema: withDefaults });
    const id = await inPool(ctx, name, { jobVariables: { cpu: 2 } });
    expect(await made(await runDeployment(ctx, { deployment: id }))).toEqual({
      image: "plain",
      cpu: 2,
      env: { REGION: "north" },
    });
    const jobVariables = { cpu: 3, env: {}, colour: "red" };
    expect(await made(await runDeployment(ctx, { deployment: id, jobVariables }))).toEqual({
      image: "plain",
      cpu: 3,
      env: {},
      colour: "red",
    });
  });

  it("are those of the moment at which the run is made", async () => {
    const one = await pool(ctx, { variablesSchema: withDefaults });
    const id = await inPool(ctx, one.name);
    const before = await runDeployment(ctx, { deployment: id });
    const change = { variablesSchema: { properties: { image: { default: "fancy" } } } };
    await updateWorkPool(ctx, { id: one.id, change });
    expect(await made(before)).toMatchObject({ image: "plain", cpu: 1 });
    expect(await made(await runDeployment(ctx, { deployment: id }))).toEqual({ image: "fancy" });
  });

  it("are in runs of schedules and of actions, too, where nothing has to be given then", async () => {
    const { name } = await pool(ctx, { variablesSchema: withDefaults });
    const id = await inPool(ctx, name, {
      jobVariables: { cpu: 2 },
      schedules: [{ cron: "* * * * *" }],
    });
    await createAutomation(ctx, running(id, undefined));
    await makeRuns(ctx);
    await acted(ctx, [{ type: "run-deployment", deployment_id: id }]);
    const runs = await ctx.prisma.flowRun.findMany({ where: { deploymentId: id } });
    expect(new Set(runs.map(({ autoScheduled }) => autoScheduled))).toEqual(new Set([true, false]));
    for (const { jobVariables } of runs)
      expect(jobVariables).toEqual({ image: "plain", cpu: 2, env: { REGION: "north" } });
  });
});

describe("actions 1.3: job variables of an action", () => {
  it("are filled in like parameters and laid over the deployment's", async () => {
    const { name } = await pool(ctx, { variablesSchema });
    const id = await inPool(ctx, name, { jobVariables: { image: "base", cpu: 1 } });
    const job_variables = { cpu: "{{ event.payload.cpu }}" };
    await acted(ctx, [{ type: "run-deployment", deployment_id: id, job_variables }], { payload: { cpu: 4 } });
    const [run] = await ctx.prisma.flowRun.findMany({ where: { deploymentId: id } });
    expect(run?.jobVariables).toEqual({ image: "base", cpu: 4 });
  });

  it("that do not fit once they are filled in make the action fail, and no run", async () => {
    const id = await inPool(ctx, (await pool(ctx, { variablesSchema })).name);
    const job_variables = { image: "{{ event.payload.cpu }}" };
    const { runs } = await acted(ctx, [{ type: "run-deployment", deployment_id: id, job_variables }], {
      payload: { cpu: 4 },
    });
    expect(await storedAction(ctx, runs[0])).toMatchObject({ status: "FAILED" });
    expect(await ctx.prisma.flowRun.count({ where: { deploymentId: id } })).toBe(0);
  });
});
