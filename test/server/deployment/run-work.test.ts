import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";

let ctx: TestContext;
let inPool: string;
let served: string;
beforeAll(async () => {
  ctx = await createTestContext();
  await ctx.prisma.workPool.create({
    data: {
      id: v7(),
      name: "lab",
      type: "process",
      variablesSchema: {
        type: "object",
        properties: { cores: { type: "integer" } },
        additionalProperties: false,
      },
      queues: { create: ["default", "urgent"].map((name) => ({ id: v7(), name })) },
    },
  });
  const jobVariables = { cores: 1 };
  inPool = await register({ name: "in-pool", workPool: "lab", jobVariables });
  served = await register({ name: "served" });
});
afterAll(() => ctx.close());

async function register(given: { name: string; workPool?: string; jobVariables?: object }): Promise<string> {
  return (await registerDeployment(ctx, { deployment: { flowName: "press", ...given } })).id;
}

const workOf = async (id: string) => {
  const run = await ctx.prisma.flowRun.findUniqueOrThrow({ where: { id }, include: { workQueue: true } });
  return { queue: run.workQueue?.name ?? null, jobVariables: run.jobVariables };
};

describe("inputs 6.3: runDeployment", () => {
  it("puts the run into its deployment's queue, or into another of the same pool, with its job variables over the deployment's", async () => {
    expect(await workOf(await runDeployment(ctx, { deployment: inPool }))).toEqual({
      queue: "default",
      jobVariables: { cores: 1 },
    });
    const other = { deployment: inPool, workQueue: "urgent", jobVariables: { cores: 2 } };
    expect(await workOf(await runDeployment(ctx, other))).toEqual({
      queue: "urgent",
      jobVariables: { cores: 2 },
    });
    expect(await workOf(await runDeployment(ctx, { deployment: served }))).toEqual({
      queue: null,
      jobVariables: null,
    });
  });

  it.each([
    [
      "a queue where the deployment has no pool",
      () => ({ deployment: served, workQueue: "urgent" }),
      ["workQueue"],
    ],
    ["a queue that the pool does not have", () => ({ deployment: inPool, workQueue: "slow" }), ["workQueue"]],
    [
      "job variables where there is no pool",
      () => ({ deployment: served, jobVariables: { cores: 1 } }),
      ["jobVariables"],
    ],
    ["job variables that are no object", () => ({ deployment: inPool, jobVariables: [1] }), ["jobVariables"]],
    [
      "job variables that the pool's schema refuses",
      () => ({ deployment: inPool, jobVariables: { cores: "all" } }),
      ["jobVariables", "cores"],
    ],
  ])("refuses %s, and makes no run", async (_what, args, path) => {
    const before = await ctx.prisma.flowRun.count();
    await expect(runDeployment(ctx, args())).rejects.toMatchObject({ issues: [{ path }] });
    expect(await ctx.prisma.flowRun.count()).toBe(before);
  });
});

describe("inputs 6.1: a deployment that goes to another pool", () => {
  it("takes the runs along that nobody has begun", async () => {
    const id = await register({ name: "moving" });
    const run = await runDeployment(ctx, { deployment: id });
    await register({ name: "moving", workPool: "lab" });
    expect((await workOf(run)).queue).toBe("default");
    await register({ name: "moving" });
    expect((await workOf(run)).queue).toBeNull();
  });
});
