import sql from "sql-template-tag";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tellUnready } from "../../../server/deployment/readiness.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { claimFlowRuns } from "../../../server/runner/claim-flow-runs.ts";
import { registerRunner } from "../../../server/runner/register-runner.ts";
import { ask, at } from "../../support/ask.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { eventsAbout } from "../../support/events.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

async function deployment(): Promise<string> {
  const given = { flowName: `flow ${v7()}`, name: "main", tags: ["weather"] };
  return (await registerDeployment(ctx, { deployment: given })).id;
}

const poll = (id: string) => claimFlowRuns(ctx, { runnerId: v7(), deploymentIds: [id], limit: 1 });

const polledBefore = (id: string, seconds: number) =>
  ctx.db.query(
    sql`UPDATE deployment SET polled_at = clock_timestamp() - ${seconds} * interval '1 second' WHERE id = ${id}::uuid`,
  );

async function statusOf(id: string): Promise<unknown> {
  return at(
    await ask(ctx, "query ($id: ID!) { deployment(id: $id) { status } }", { id }),
    "deployment.status",
  );
}

/** What was told of it since it was created. */
async function told(id: string): Promise<string[]> {
  const [, ...events] = await eventsAbout(ctx, `prefect.deployment.${id}`);
  return events.map(({ event }) => event.replace("prefect.deployment.", ""));
}

/** The work of a server that was there for the last minute, done now. */
function atWork() {
  let now = 0;
  const work = tellUnready(ctx, () => now);
  for (; now < 60_000; now += 5000) void work();
  return work;
}

describe("inputs 6.1: a deployment is", () => {
  it("ready when somebody asks for its runs: one event, and the status shows it", async () => {
    const id = await deployment();
    expect(await statusOf(id)).toBe("NOT_READY");
    await poll(id);
    expect(await statusOf(id)).toBe("READY");
    await poll(id);
    expect(await told(id)).toEqual(["ready"]);
    const [, event] = await eventsAbout(ctx, `prefect.deployment.${id}`);
    expect(event).toMatchObject({
      event: "prefect.deployment.ready",
      resource: { "prefect.resource.id": `prefect.deployment.${id}`, "prefect.resource.name": "main" },
      related: [
        { "prefect.resource.role": "flow" },
        { "prefect.resource.id": "prefect.tag.weather", "prefect.resource.role": "tag" },
      ],
    });
  });

  it("ready when a runner registers", async () => {
    const id = await deployment();
    await registerRunner(ctx, { runner: { id: v7(), name: "one", deploymentIds: [id] } });
    expect(await told(id)).toEqual(["ready"]);
  });

  it("ready once, however many ask for the first time at once", async () => {
    const id = await deployment();
    await Promise.all(Array.from({ length: 10 }, () => poll(id)));
    expect(await told(id)).toEqual(["ready"]);
  });

  it("not ready 60 s after it was last asked for, told once by several servers, and ready again", async () => {
    const id = await deployment();
    const other = await deployment();
    await poll(id);
    await poll(other);
    await polledBefore(id, 61);
    await polledBefore(other, 30);
    await Promise.all([atWork()(), atWork()(), atWork()()]);
    expect(await statusOf(id)).toBe("NOT_READY");
    expect(await told(id)).toEqual(["ready", "not-ready"]);
    expect(await told(other)).toEqual(["ready"]);
    await poll(id);
    expect(await statusOf(id)).toBe("READY");
    expect(await told(id)).toEqual(["ready", "not-ready", "ready"]);
  });

  it("noticed on time: the work answers when the next one is due", async () => {
    await ctx.db.query(sql`UPDATE deployment SET told_ready = false`);
    const id = await deployment();
    expect(await atWork()()).toBeUndefined();
    await poll(id);
    await polledBefore(id, 20);
    const wait = (await atWork()()) ?? Number.NaN;
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(40_000);
  });

  it("not told to be unready before the server was there for 60 s, so that runners can come back", async () => {
    const id = await deployment();
    await poll(id);
    await polledBefore(id, 600);
    let now = 0;
    const work = tellUnready(ctx, () => now);
    expect(await work()).toBe(60_000);
    for (; now < 55_000; now += 5000) await work();
    expect(await statusOf(id)).toBe("READY");
    // Its machine slept.
    now += 3_600_000;
    expect(await work()).toBe(60_000);
    for (let end = now + 60_000; now <= end; now += 5000) await work();
    expect(await told(id)).toEqual(["ready", "not-ready"]);
  });
});
