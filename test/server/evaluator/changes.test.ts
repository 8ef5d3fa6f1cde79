import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseAutomationDocument } from "../../../core/automation/parse.ts";
import { deleteAutomation } from "../../../server/automation/delete-automation.ts";
import { setAutomationEnabled } from "../../../server/automation/set-automation-enabled.ts";
import { updateAutomation } from "../../../server/automation/update-automation.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation, firingsOf } from "../../support/engine.ts";
import { appendAt, judgeAll, logClock, setLogClock } from "../../support/virtual-log.ts";

let ctx: TestContext;
/** Milliseconds; each test begins a minute after what the one before had to do with. */
let now: number;

beforeAll(async () => {
  // Two automations that fire on each other's firings come to an end soon.
  ctx = await createTestContext({ ANTIPHON_LOOP_FIRINGS: "10" });
});
beforeEach(async () => {
  now = (await logClock(ctx)) + 60_000;
  await setLogClock(ctx, now);
  await judgeAll(ctx);
});
afterAll(() => ctx.close());

const happened = (event: string, seconds: number, resource = "thing") =>
  appendAt(ctx, [{ received: now + seconds * 1000, event, resource: { "prefect.resource.id": resource } }]);

const pass = async (seconds: number) => {
  await setLogClock(ctx, now + seconds * 1000);
  await judgeAll(ctx);
};

const absence = (name = randomUUID()) => ({
  name,
  trigger: { posture: "Proactive", after: ["begun"], expect: ["ended"], within: 10 },
});

const windows = (id: string) => ctx.db.query(sql`SELECT key FROM bucket WHERE automation_id = ${id}::uuid`);

describe("triggers 15: changing an automation", () => {
  it("it judges what is emitted after it was created, and nothing before", async () => {
    await happened("a", 0);
    const id = await automation(ctx, { trigger: { expect: ["a"] } });
    await happened("a", 1);
    await judgeAll(ctx);
    expect(await firingsOf(ctx, id)).toHaveLength(1);
  });

  it("a change takes effect at its place in the log, also where the evaluator comes there later", async () => {
    const id = await automation(ctx, { trigger: { expect: ["a"] } });
    await happened("a", 0);
    await happened("b", 0);
    await updateAutomation(
      ctx,
      id,
      parseAutomationDocument({
        name: `changed ${id}`,
        trigger: { expect: ["b"] },
        actions: [{ type: "do-nothing" }],
      }),
    );
    await happened("a", 1);
    await happened("b", 2);
    await judgeAll(ctx);
    const firings = await firingsOf(ctx, id);
    expect(firings.map(({ firedAt }) => firedAt.getTime() - now)).toEqual([0, 2_000]);
  });

  it("an unchanged trigger keeps its windows, a changed one begins afresh", async () => {
    const document = absence();
    const actions = [{ type: "do-nothing" }];
    const id = await automation(ctx, document);
    await happened("begun", 0);
    await judgeAll(ctx);
    await updateAutomation(ctx, id, parseAutomationDocument({ ...document, actions, description: "other" }));
    await judgeAll(ctx);
    expect(await windows(id)).toHaveLength(1);
    await updateAutomation(
      ctx,
      id,
      parseAutomationDocument({ ...document, actions, trigger: { ...document.trigger, within: 20 } }),
    );
    await judgeAll(ctx);
    expect(await windows(id)).toEqual([]);
    await pass(30);
    expect(await firingsOf(ctx, id)).toEqual([]);
  });

  it("disabling discards open windows; enabling begins afresh, and makes up for nothing", async () => {
    const id = await automation(ctx, absence());
    await happened("begun", 0);
    await setAutomationEnabled(ctx, id, false);
    await happened("begun", 1);
    await pass(20);
    expect(await windows(id)).toEqual([]);
    await setAutomationEnabled(ctx, id, true);
    await pass(40);
    expect(await firingsOf(ctx, id)).toEqual([]);
    await happened("begun", 41);
    await pass(60);
    expect((await firingsOf(ctx, id)).map(({ triggered }) => triggered.getTime() - now)).toEqual([51_000]);
  });

  it("deleting takes windows and remembered firings along; its firings stay", async () => {
    const id = await automation(ctx, {
      trigger: { type: "sequence", triggers: [{ expect: ["a"] }, { expect: ["b"], threshold: 2 }] },
    });
    await happened("a", 0);
    await happened("b", 1);
    await happened("b", 2);
    await happened("a", 3);
    await judgeAll(ctx);
    expect(await firingsOf(ctx, id)).toHaveLength(1);
    await deleteAutomation(ctx, id);
    await judgeAll(ctx);
    expect(await windows(id)).toEqual([]);
    expect(await ctx.prisma.triggerMemory.count({ where: { automationId: id } })).toBe(0);
    expect(await firingsOf(ctx, id)).toHaveLength(1);
  });

  it("a restart keeps windows, and their ends are noticed after it", async () => {
    const id = await automation(ctx, absence());
    await happened("begun", 0);
    await judgeAll(ctx);
    await pass(11);
    expect((await firingsOf(ctx, id)).map(({ triggered }) => triggered.getTime() - now)).toEqual([10_000]);
  });

  it("triggers 13: an event about an automation that somebody else emits changes nothing", async () => {
    const id = await automation(ctx, { trigger: { expect: ["a"] } });
    await appendAt(ctx, [
      {
        received: now,
        event: "prefect.automation.deleted",
        resource: { "prefect.resource.id": `prefect.automation.${id}` },
      },
    ]);
    await happened("a", 1);
    await judgeAll(ctx);
    expect(await firingsOf(ctx, id)).toHaveLength(1);
  });

  it("triggers 13: it is not offered what is told of itself, but of others", async () => {
    const id = await automation(ctx, { trigger: { expect: ["a", "prefect.automation.*"] } });
    const other = await automation(ctx, { trigger: { expect: ["prefect.automation.triggered"] } });
    await happened("a", 0);
    await judgeAll(ctx);
    // Its own firing, and the firing of the other one on it.
    const fired = await firingsOf(ctx, id);
    expect(fired.length).toBeGreaterThan(0);
    const told = await ctx.prisma.event.count({
      where: { event: "prefect.automation.triggered" },
    });
    expect(told).toBeGreaterThan(0);
    const own = await ctx.db.query(sql`
      SELECT f.id FROM firing f JOIN event e ON e.id = f.triggering_event_id
      WHERE e.resource->>'prefect.resource.id' = 'prefect.automation.' || f.automation_id`);
    expect(own).toEqual([]);
    await deleteAutomation(ctx, other);
    await deleteAutomation(ctx, id);
    await judgeAll(ctx);
  });
});
