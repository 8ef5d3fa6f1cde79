import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markDeploymentsPolled } from "../../../server/deployment/readiness.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { pauseOrResumeDeployment } from "../../../server/deployment/set-deployment-paused.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { eventsAbout } from "../../support/events.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const deployment = {
  flowName: "forecast",
  name: "daily",
  tags: ["weather"],
  parameters: { city: "Lyon", days: 3 },
  parameterSchema: { type: "object", properties: { city: { type: "string" }, days: { type: "integer" } } },
};

describe("inputs 5.4: a deployment", () => {
  it("is created and updated; an equal registration changes nothing and is no event", async () => {
    const { id } = await registerDeployment(ctx, { deployment });
    const before = await ctx.prisma.deployment.findUniqueOrThrow({ where: { id } });
    const equal = { ...deployment, parameters: { days: 3, city: "Lyon" } };
    expect(await registerDeployment(ctx, { deployment: equal })).toMatchObject({ id });
    expect(await ctx.prisma.deployment.findUniqueOrThrow({ where: { id } })).toEqual(before);
    await registerDeployment(ctx, { deployment: { ...deployment, version: "2", tags: ["weather", "new"] } });
    const events = await eventsAbout(ctx, `prefect.deployment.${id}`);
    expect(events).toMatchObject([
      {
        event: "prefect.deployment.created",
        resource: { "prefect.resource.id": `prefect.deployment.${id}`, "prefect.resource.name": "daily" },
        related: [
          {
            "prefect.resource.id": `prefect.flow.${before.flowId}`,
            "prefect.resource.role": "flow",
            "prefect.resource.name": "forecast",
          },
          { "prefect.resource.id": "prefect.tag.weather", "prefect.resource.role": "tag" },
        ],
        payload: { version: null, paused: false },
      },
      {
        event: "prefect.deployment.updated",
        related: [
          {},
          { "prefect.resource.id": "prefect.tag.new" },
          { "prefect.resource.id": "prefect.tag.weather" },
        ],
        payload: { version: "2", paused: false, changed: ["version", "tags"] },
      },
    ]);
  });

  it("actions 8.2: is disabled once it is paused, and stands as before once it is resumed", async () => {
    const given = { ...deployment, name: "paused" };
    const { id } = await registerDeployment(ctx, { deployment: given });
    await pauseOrResumeDeployment(ctx, { id, paused: true });
    await pauseOrResumeDeployment(ctx, { id, paused: true });
    await pauseOrResumeDeployment(ctx, { id, paused: false });
    await markDeploymentsPolled(ctx, [id]);
    await registerDeployment(ctx, { deployment: { ...given, paused: true } });
    await registerDeployment(ctx, { deployment: { ...given, paused: false } });
    const events = await eventsAbout(ctx, `prefect.deployment.${id}`);
    expect(events.map(({ event, payload }) => [event, payload.paused])).toEqual([
      ["prefect.deployment.created", false],
      ["prefect.deployment.updated", true],
      ["prefect.deployment.disabled", true],
      ["prefect.deployment.updated", false],
      ["prefect.deployment.not-ready", false],
      ["prefect.deployment.ready", false],
      ["prefect.deployment.updated", true],
      ["prefect.deployment.disabled", true],
      ["prefect.deployment.updated", false],
      ["prefect.deployment.ready", false],
    ]);
  });

  it("actions 8.2: that is registered as paused is disabled from the beginning", async () => {
    const { id } = await registerDeployment(ctx, {
      deployment: { ...deployment, name: "off", paused: true },
    });
    const events = await eventsAbout(ctx, `prefect.deployment.${id}`);
    expect(events.map(({ event }) => event)).toEqual([
      "prefect.deployment.created",
      "prefect.deployment.disabled",
    ]);
  });

  it("that many servers register at once is created once", async () => {
    const given = { ...deployment, name: "at-once" };
    const registered = await Promise.all(
      Array.from({ length: 10 }, () => registerDeployment(ctx, { deployment: given })),
    );
    const ids = registered.map(({ id }) => id);
    expect(new Set(ids).size).toBe(1);
    const events = await eventsAbout(ctx, `prefect.deployment.${ids[0]}`);
    expect(events.map(({ event }) => event)).toEqual(["prefect.deployment.created"]);
  });
});
