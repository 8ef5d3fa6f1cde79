import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { InvalidInputError } from "../../../core/error.ts";
import type { DeploymentWithTriggers } from "../../../server/deployment/check-registration.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { pauseOrResumeDeployment } from "../../../server/deployment/set-deployment-paused.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { eventsAbout } from "../../support/events.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
  await ctx.prisma.workPool.create({
    data: {
      id: v7(),
      name: "lab",
      type: "process",
      queues: { create: ["default", "urgent"].map((name) => ({ id: v7(), name })) },
    },
  });
});
afterAll(() => ctx.close());

const plain = { flowName: "press", name: "nightly" };
const full: DeploymentWithTriggers = {
  ...plain,
  enforceParameterSchema: false,
  concurrencyLimit: 2,
  collisionStrategy: "CANCEL_NEW",
  entrypoint: "press.ts:press",
  path: "/srv/press",
  workPool: "lab",
  workQueue: "urgent",
  jobVariables: { env: { PAPER: "A4" } },
};

describe("inputs 6.1: what of a deployment is registered", () => {
  it("is kept as it was given, and told where it changed", async () => {
    const { id } = await registerDeployment(ctx, { deployment: plain });
    await registerDeployment(ctx, { deployment: full });
    expect(
      await ctx.prisma.deployment.findUniqueOrThrow({ where: { id }, include: { workQueue: true } }),
    ).toMatchObject({
      enforceSchema: false,
      concurrencyLimit: 2,
      collisionStrategy: "CANCEL_NEW",
      entrypoint: "press.ts:press",
      path: "/srv/press",
      jobVariables: { env: { PAPER: "A4" } },
      workQueue: { name: "urgent" },
    });
    await registerDeployment(ctx, { deployment: { ...full, workQueue: undefined } });
    const [, updated, moved] = await eventsAbout(ctx, `prefect.deployment.${id}`);
    expect(updated?.payload).toMatchObject({
      changed: [
        "enforceParameterSchema",
        "concurrencyLimit",
        "collisionStrategy",
        "entrypoint",
        "path",
        "workQueue",
        "jobVariables",
      ],
    });
    expect(moved?.payload).toMatchObject({ changed: ["workQueue"] });
  });

  it("what an operator has paused stays so where a registration does not say otherwise", async () => {
    const given = { flowName: "press", name: "paused" };
    const { id } = await registerDeployment(ctx, { deployment: given });
    await pauseOrResumeDeployment(ctx, { id, paused: true });
    await registerDeployment(ctx, { deployment: { ...given, version: "2" } });
    expect(await ctx.prisma.deployment.findUniqueOrThrow({ where: { id } })).toMatchObject({
      paused: true,
      version: "2",
    });
    await registerDeployment(ctx, { deployment: { ...given, paused: false } });
    expect(await ctx.prisma.deployment.findUniqueOrThrow({ where: { id } })).toMatchObject({ paused: false });
  });

  it("is refused with all that is wrong in it, and nothing is stored", async () => {
    const wrong = {
      flowName: "press",
      name: "wrong",
      concurrencyLimit: 0,
      jobVariables: ["A4"],
      workPool: "nowhere",
    };
    const { issues } = await refusal(wrong);
    expect(issues).toEqual([
      {
        path: ["deployment", "concurrencyLimit"],
        message: "the most runs at once are a whole number from 1, or null for no limit, not 0",
      },
      {
        path: ["deployment", "jobVariables"],
        message: "job variables are an object of names and values, not a list",
      },
      { path: ["deployment", "workPool"], message: 'there is no work pool "nowhere"' },
    ]);
    expect(await ctx.prisma.deployment.count({ where: { name: "wrong" } })).toBe(0);
  });

  it.each<[unknown, string, string]>([
    [[1], "", "a JSON Schema is an object, or true or false; this is a list of 1"],
    ["x", "", 'a JSON Schema is an object, or true or false; this is the text "x"'],
    [5, "", "a JSON Schema is an object, or true or false; this is 5"],
    [{ type: "object", properties: 5 }, "properties", "must be an object of schemas by their names, not 5"],
  ])("%j is no schema of parameters", async (parameterSchema, place, message) => {
    const path = ["deployment", "parameterSchema", ...(place === "" ? [] : [place])];
    expect((await refusal({ ...plain, parameterSchema })).issues).toEqual([{ path, message }]);
  });

  it("names a queue of its pool", async () => {
    expect((await refusal({ ...plain, workPool: "lab", workQueue: "slow" })).issues).toEqual([
      {
        path: ["deployment", "workQueue"],
        message: 'work pool "lab" has no queue "slow", but "default", "urgent"',
      },
    ]);
    expect((await refusal({ ...plain, workQueue: "urgent" })).issues).toEqual([
      {
        path: ["deployment", "workQueue"],
        message: 'the queue "urgent" is one of a pool; name its `workPool` too',
      },
    ]);
  });
});

function refusal(deployment: DeploymentWithTriggers): Promise<InvalidInputError> {
  return registerDeployment(ctx, { deployment }).then(
    () => {
      throw new Error("it was registered");
    },
    (error: InvalidInputError) => error,
  );
}
