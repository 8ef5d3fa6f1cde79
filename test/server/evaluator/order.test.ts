import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation, type Engine, firingsOf, settled, startEngine } from "../../support/engine.ts";

let ctx: TestContext;
let engine: Engine;

beforeAll(async () => {
  ctx = await createTestContext();
  engine = await startEngine(ctx);
});

afterAll(async () => {
  await engine.close();
  expect(engine.reports).toEqual([]);
  await ctx.close();
});

const ordered = (event: string, user: string) =>
  emitEvent(ctx, { event, resource: { "prefect.resource.id": user } });

describe("the guide's orders, live", () => {
  it("runs a deployment for each user whose order was created and then completed, and for no other", async () => {
    const { id: deployment } = await registerDeployment(ctx, {
      deployment: { flowName: "post-order", name: "main" },
    });
    const id = await automation(ctx, {
      trigger: {
        expect: ["order.complete"],
        after: ["order.created"],
        for_each: ["prefect.resource.id"],
      },
      actions: [
        {
          type: "run-deployment",
          source: "selected",
          deployment_id: deployment,
          parameters: { user_id: "{{ event.resource.id }}" },
        },
      ],
    });
    await ordered("order.created", "user.ann");
    await ordered("order.complete", "user.bob");
    await ordered("order.complete", "user.ann");
    await ordered("order.complete", "user.ann");
    await settled(ctx);

    expect(await firingsOf(ctx, id)).toMatchObject([
      { triggeringLabels: { "prefect.resource.id": "user.ann" } },
    ]);
    const runs = await ctx.prisma.flowRun.findMany({ where: { deploymentId: deployment } });
    expect(runs).toMatchObject([
      {
        parameters: { user_id: "user.ann" },
        stateType: "SCHEDULED",
        createdBy: `prefect.automation.${id}`,
        chain: [id],
      },
    ]);
  });
});
