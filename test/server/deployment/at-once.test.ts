import { v7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deleteDeployment } from "../../../server/deployment/delete-deployment.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { pauseOrResumeDeployment } from "../../../server/deployment/set-deployment-paused.ts";
import { claimFlowRuns } from "../../../server/runner/claim-flow-runs.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { eventsAbout } from "../../support/events.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const names = ["one", "two"];

/** Does it so many times, one after the other. What finds no deployment is done nevertheless. */
async function times(count: number, work: (turn: number) => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await work(turn).catch((error: Error) => {
      if (error.name !== "NotFoundError") throw error;
    });
  }
}

const present = () => ctx.prisma.deployment.findMany({ where: { flow: { name: "busy" } } });

it("inputs 6.1: registered, run, claimed, paused and deleted at once, nobody waits for another for ever and nothing is left over", async () => {
  const register = (turn: number) =>
    registerDeployment(ctx, {
      deployment: {
        flowName: "busy",
        name: names[turn % 2] ?? "",
        version: String(turn),
        concurrencyLimit: (turn % 3) + 1,
        triggers: turn % 4 === 0 ? [] : [{ expect: ["x"] }],
        schedules: turn % 5 === 0 ? [] : [{ interval: 3600 }],
      },
    });
  const run = (turn: number) => runDeployment(ctx, { deployment: `busy/${names[turn % 2]}` });
  const claim = async () =>
    claimFlowRuns(ctx, { runnerId: v7(), deploymentIds: (await present()).map(({ id }) => id), limit: 3 });
  const seen = new Set<string>();
  await Promise.all([
    times(20, register),
    times(20, (turn) => register(turn + 1)),
    times(60, run),
    times(60, run),
    times(30, claim),
    times(30, claim),
    times(20, async (turn) => {
      for (const { id } of await present())
        await pauseOrResumeDeployment(ctx, { id, paused: turn % 2 === 0 });
    }),
    times(20, async (turn) => {
      const deployment = (await present())[turn % 2];
      if (deployment === undefined) return;
      seen.add(deployment.id);
      await deleteDeployment(ctx, deployment.id);
    }),
  ]);
  for (const { id } of await present()) {
    seen.add(id);
    await deleteDeployment(ctx, id);
  }
  expect(seen.size).toBeGreaterThan(0);
  for (const id of seen) {
    const owner = `prefect.deployment.${id}`;
    // Its runs are told of later, too: it has made them.
    const about = (await eventsAbout(ctx, owner)).map(({ event }) => event);
    const told = about.filter((event) => event.startsWith("prefect.deployment."));
    expect([told.at(0), told.at(-1)]).toEqual(["prefect.deployment.created", "prefect.deployment.deleted"]);
    expect(told.filter((event) => event.endsWith(".deleted"))).toHaveLength(1);
    expect(await ctx.prisma.automation.count({ where: { ownerResource: owner, deletedAt: null } })).toBe(0);
    expect(await ctx.prisma.schedule.count({ where: { deploymentId: id } })).toBe(0);
  }
  const left = await ctx.prisma.flowRun.findMany({ where: { flow: { name: "busy" } } });
  expect(left.filter(({ deploymentId }) => deploymentId !== null)).toEqual([]);
  // What waited for its first start went with its deployment, but what waited for a slot.
  expect(left.filter(({ stateName }) => stateName === "Scheduled")).toEqual([]);
});
