import { v7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { pauseOrResumeDeployment } from "../../../server/deployment/set-deployment-paused.ts";
import { claimFlowRuns } from "../../../server/runner/claim-flow-runs.ts";
import { registerRunner } from "../../../server/runner/register-runner.ts";
import { pauseWork, setWorkPoolPaused } from "../../../server/work-pool/set-work-pool-paused.ts";
import { ask, at } from "../../support/ask.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { inPool, pool, worker } from "../../support/work-pools.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

async function because(id: string): Promise<unknown> {
  return at(
    await ask(ctx, "query ($id: ID!) { flowRun(id: $id) { waitsBecause } }", { id }),
    "flowRun.waitsBecause",
  );
}

it("a served run waits for a runner, for its deployment to go on, and for a slot of both", async () => {
  const deployment = { flowName: "orders", name: "main", concurrencyLimit: 1 };
  const { id: deploymentId } = await registerDeployment(ctx, { deployment });
  const first = await runDeployment(ctx, { deployment: deploymentId });
  expect(await because(first)).toBe("no runner that serves it is online");

  const runnerId = v7();
  await registerRunner(ctx, {
    runner: { id: runnerId, name: "one", deploymentIds: [deploymentId], limit: 1 },
  });
  expect(await because(first)).toBeNull();
  await pauseOrResumeDeployment(ctx, { id: deploymentId, paused: true });
  expect(await because(first)).toBe("the deployment orders/main is paused");
  await pauseOrResumeDeployment(ctx, { id: deploymentId, paused: false });

  await claimFlowRuns(ctx, { runnerId, deploymentIds: [deploymentId], limit: 1 });
  expect(await because(first)).toBeNull();
  const second = await runDeployment(ctx, { deployment: "orders/main" });
  expect(await because(second)).toBe(
    "the deployment orders/main has 1 of 1 run under way, the most it may have at once, and every runner that serves it has as many runs as it takes at once",
  );
  const scheduledTime = new Date("2100-01-01T00:00:00Z");
  const later = await runDeployment(ctx, { deployment: deploymentId, scheduledTime });
  expect(await because(later)).toBe("it is not due before 2100-01-01 00:00:00 UTC");
});

it("a run of a pool waits for a worker of its queue, and for a slot of the pool", async () => {
  const { id, name } = await pool(ctx, { concurrencyLimit: 1 });
  const deploymentId = await inPool(ctx, name);
  const first = await runDeployment(ctx, { deployment: deploymentId });
  const second = await runDeployment(ctx, { deployment: deploymentId });
  expect(await because(first)).toBe(`no worker of the work pool ${name} that takes it is online`);
  const { claim } = await worker(ctx, name);
  await pauseWork(ctx, setWorkPoolPaused, { id, paused: true });
  expect(await because(first)).toBe(`the work pool ${name} is paused`);
  await pauseWork(ctx, setWorkPoolPaused, { id, paused: false });
  expect(await claim(1)).toEqual([first]);
  expect(await because(second)).toBe(
    `the work pool ${name} has 1 of 1 run under way, the most it may have at once`,
  );
});
