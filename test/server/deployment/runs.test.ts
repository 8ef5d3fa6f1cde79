import { afterAll, beforeAll, expect, it } from "vitest";
import { recentRuns, upcomingRuns } from "../../../server/deployment/read-runs.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const minute = 60_000;

async function deployed(name: string): Promise<string> {
  return (await registerDeployment(ctx, { deployment: { flowName: "tides", name } })).id;
}

async function run(deployment: string, name: string, dueIn: number): Promise<string> {
  return runDeployment(ctx, { deployment, name, scheduledTime: new Date(Date.now() + dueIn) });
}

async function begin(id: string, ago: number): Promise<void> {
  const at = new Date(Date.now() - ago);
  await ctx.prisma.flowRun.update({
    where: { id },
    data: { stateType: "RUNNING", stateName: "Running", startedAt: at },
  });
}

it("a deployment's runs are read soonest first before they begin, and last first after it", async () => {
  const [shop, port] = [await deployed("shop"), await deployed("port")];
  await run(shop, "in an hour", 60 * minute);
  await run(shop, "in a minute", minute);
  await run(shop, "late", -minute);
  await begin(await run(shop, "made first, begun last", 0), minute);
  await begin(await run(shop, "begun before", 0), 5 * minute);
  await begin(await run(shop, "begun long before", 0), 50 * minute);
  await run(port, "of the port", 0);

  const [upcoming, recent, ofPort, none] = await Promise.all([
    upcomingRuns(ctx, { deploymentId: shop, first: 10 }),
    recentRuns(ctx, { deploymentId: shop, first: 2 }),
    upcomingRuns(ctx, { deploymentId: port, first: 1 }),
    recentRuns(ctx, { deploymentId: port, first: 10 }),
  ]);
  expect(upcoming.map(({ name }) => name)).toEqual(["late", "in a minute", "in an hour"]);
  expect(recent.map(({ name }) => name)).toEqual(["made first, begun last", "begun before"]);
  expect(ofPort.map(({ name }) => name)).toEqual(["of the port"]);
  expect(none).toEqual([]);
});
