import { afterAll, beforeAll, expect, it } from "vitest";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { cancel } from "../../../server/flow-run/cancel.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import type { Execution } from "../../../server/flow-run/start-execution.ts";
import { cancelOrphans } from "../../../server/worker/cancel-orphans.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { calledRun, readRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
  await registerDeployment(ctx, { deployment: { flowName: "child", name: "main" } });
});
afterAll(() => ctx.close());

const complete = (parent: Execution) => setFlowRunState(ctx, { ...parent, state: { type: "COMPLETED" } });
const fail = (parent: Execution) => setFlowRunState(ctx, { ...parent, state: { type: "FAILED" } });

it.each([
  ["nothing said", undefined, { complete: "Scheduled", fail: "Scheduled", cancel: "Cancelled" }],
  ["keep", "KEEP" as const, { complete: "Scheduled", fail: "Scheduled", cancel: "Scheduled" }],
  ["cancel", "CANCEL" as const, { complete: "Cancelled", fail: "Cancelled", cancel: "Cancelled" }],
])(
  "inputs 6.3: onParentFinal, %s: what becomes of a linked run as its parent ends",
  async (_said, onParentFinal, becomes) => {
    for (const [how, end] of Object.entries({
      complete,
      fail,
      cancel: (run: Execution) => cancel(ctx, run),
    })) {
      const parent = await calledRun(ctx);
      const child = await runDeployment(ctx, { deployment: "child/main", parent, onParentFinal });
      await end(parent);
      await setFlowRunState(ctx, { ...parent, state: { type: "CANCELLED" } });
      await cancelOrphans(ctx);
      expect((await readRun(ctx, child)).stateName, how).toBe(becomes[how as keyof typeof becomes]);
    }
  },
);

it("inputs 6.3: a run that is not linked is nobody's to cancel", async () => {
  const alone = await runDeployment(ctx, { deployment: "child/main", onParentFinal: "CANCEL" });
  await cancelOrphans(ctx);
  expect((await readRun(ctx, alone)).stateName).toBe("Scheduled");
});
