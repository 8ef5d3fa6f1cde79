import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backtest } from "../../../server/automation/backtest.ts";
import { appendEvents } from "../../../server/event/append-events.ts";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation, firingsOf, settled, startEngine } from "../../support/engine.ts";
import { judgeAll, logClock } from "../../support/virtual-log.ts";
import { until } from "../../support/wire.ts";

let ctx: TestContext;

beforeEach(async () => {
  ctx = await createTestContext({ ANTIPHON_LOOP_FIRINGS: "20", ANTIPHON_LOOP_RUNS: "3" });
});
afterEach(() => ctx.close());

const resource = { "prefect.resource.id": "thing" };

/** An event that these automations have led to. */
async function ledBy(chain: string[], event: string): Promise<void> {
  const stored = { id: randomUUID(), event, occurred: new Date(), resource, related: [], payload: {} };
  await ctx.db.query(appendEvents([{ ...stored, follows: null, chain }]));
}

describe("triggers 14: automations that set each other off", () => {
  it("a firing on an event with a chain of eight is recorded with its action runs failed", async () => {
    const id = await automation(ctx, { trigger: { expect: ["a"] } });
    await ledBy(
      Array.from({ length: 8 }, () => randomUUID()),
      "a",
    );
    await ledBy(
      Array.from({ length: 7 }, () => randomUUID()),
      "a",
    );
    await judgeAll(ctx);
    const runs = await ctx.prisma.actionRun.findMany({
      where: { firing: { automationId: id } },
      orderBy: { firing: { position: "asc" } },
      select: { status: true, error: true },
    });
    expect(runs).toEqual([
      { status: "FAILED", error: "loop guard: depth" },
      { status: "PENDING", error: null },
    ]);
    const failed = await ctx.prisma.event.findMany({ where: { event: "prefect.automation.action.failed" } });
    expect(failed).toMatchObject([{ payload: { reason: "loop guard: depth" } }]);
  });

  it("one that fires too often on what it has led to itself is paused, and it is told", async () => {
    const one = await automation(ctx, { trigger: { expect: ["a", "prefect.automation.triggered"] } });
    const other = await automation(ctx, { trigger: { expect: ["prefect.automation.triggered"] } });
    await emitEvent(ctx, { event: "a", resource });
    await judgeAll(ctx);
    const paused = await ctx.prisma.automation.findMany({ where: { enabled: false } });
    expect(paused.length).toBeGreaterThan(0);
    const told = await ctx.prisma.event.findMany({ where: { event: "prefect.automation.loop-detected" } });
    expect(told.map((event) => (event.resource as Record<string, string>)["prefect.resource.id"])).toContain(
      `prefect.automation.${paused[0]?.id}`,
    );
    expect((await firingsOf(ctx, one)).length + (await firingsOf(ctx, other)).length).toBeLessThan(100);
  });

  it.each([{ type: "run-deployment", deployment_id: randomUUID() }, { type: "retry-flow-run" }])(
    "so is one that starts too many runs on its own runs: $type",
    async (action) => {
      const id = await automation(ctx, { trigger: { expect: ["a"] }, actions: [action] });
      for (let round = 0; round < 4; round++) await ledBy([id], "a");
      await judgeAll(ctx);
      const [event] = await ctx.prisma.event.findMany({
        where: { event: "prefect.automation.loop-detected" },
      });
      expect(event).toMatchObject({
        payload: { reason: "it started more than 3 runs within a minute, on what it had led to itself" },
      });
      expect(await ctx.prisma.automation.findUnique({ where: { id } })).toMatchObject({ enabled: false });
    },
  );
});

describe("triggers 19.14: poison", () => {
  it.each([
    { when: "while it is evaluated", before: false },
    { when: "also where it was made together with the event", before: true },
  ])(
    "a trigger that throws stops its own automation and no other, with an event and the reason: $when",
    async ({ before }) => {
      const good = await automation(ctx, { trigger: { expect: ["a"] } });
      const bad = await automation(ctx, { trigger: { expect: ["a"], for_each: ["prefect.resource.id"] } });
      // Nothing that is stored by the product looks like this: it stands for a mistake in the core.
      await ctx.db.query(sql`
      UPDATE automation_version SET definition = jsonb_set(definition::jsonb, '{trigger,forEach}', 'null')::json
      WHERE automation_id = ${bad}::uuid`);
      if (before) await emitEvent(ctx, { event: "a", resource });
      const engine = await startEngine(ctx);
      if (!before) await settled(ctx);
      if (!before) await emitEvent(ctx, { event: "a", resource });
      await until("the bad one is paused", async () => {
        const row = await ctx.prisma.automation.findUnique({ where: { id: bad } });
        return row?.enabled === false;
      });
      await settled(ctx);
      expect(await firingsOf(ctx, good)).toHaveLength(1);
      expect(await firingsOf(ctx, bad)).toEqual([]);
      const [told] = await ctx.prisma.event.findMany({ where: { event: "prefect.automation.updated" } });
      expect(told).toMatchObject({
        payload: { id: bad, enabled: false, reason: expect.stringMatching("could not be evaluated") },
      });
      await engine.close();
    },
  );
});

describe("triggers 7.3: the end of a window", () => {
  it("is noticed while nothing else happens", async () => {
    const id = await automation(ctx, {
      trigger: { posture: "Proactive", after: ["begun"], expect: ["ended"], within: 10 },
    });
    const engine = await startEngine(ctx);
    // It began nine and a half seconds ago; what comes after it shows that events are not late.
    await emitEvent(ctx, { event: "begun", resource, occurred: new Date(Date.now() - 9_500) });
    await emitEvent(ctx, { event: "other", resource });
    await until("the absence is noticed", async () => (await firingsOf(ctx, id)).length === 1);
    await engine.close();
    // The time of the firing does not depend on when it was noticed: it is the one that the log alone tells.
    const [began] = await ctx.db.query<{ received: Date }>(sql`
      SELECT e.received FROM automation_version v JOIN event e ON e.id = v.event_id WHERE v.automation_id = ${id}::uuid`);
    const { firings } = await backtest(ctx, {
      automationId: id,
      start: began?.received ?? new Date(),
      until: new Date((await logClock(ctx)) + 60_000),
    });
    expect(firings).toHaveLength(1);
    expect((await firingsOf(ctx, id)).map(({ firedAt }) => firedAt.getTime())).toEqual(
      firings.map(({ firing }) => firing.firedAt),
    );
  });
});
