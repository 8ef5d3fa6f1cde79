import { randomUUID } from "node:crypto";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { cancel } from "../../../server/flow-run/cancel.ts";
import { claimFlowRuns } from "../../../server/runner/claim-flow-runs.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

it("inputs 71: a run that was cancelled before anybody took it is given to no runner", async () => {
  const { id: deployment } = await registerDeployment(ctx, {
    deployment: { flowName: `flow ${randomUUID()}`, name: "main" },
  });
  const [cancelled, kept] = [
    await runDeployment(ctx, { deployment }),
    await runDeployment(ctx, { deployment }),
  ];
  await cancel(ctx, { flowRunId: cancelled });
  const claimed = await claimFlowRuns(ctx, { runnerId: v7(), deploymentIds: [deployment], limit: 10 });
  expect(claimed.map(({ flowRunId }) => flowRunId)).toEqual([kept]);
  expect(await ctx.prisma.flowRun.findUnique({ where: { id: cancelled } })).toMatchObject({
    stateName: "Cancelled",
    runCount: 0,
  });
});
