import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { Evaluator } from "../../../server/evaluator/evaluator.ts";
import { giveLeaseBack, takeLease } from "../../../server/evaluator/lease.ts";
import { LeaseLost } from "../../../server/evaluator/log-state.ts";
import { Session } from "../../../server/evaluator/session.ts";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation, firingsOf, judged } from "../../support/engine.ts";
import { appendAt, holdLease, judgeAll, logClock, setLogClock } from "../../support/virtual-log.ts";
import { until } from "../../support/wire.ts";

let ctx: TestContext;

beforeEach(async () => {
  ctx = await createTestContext();
});
afterEach(() => ctx.close());

const resource = { "prefect.resource.id": "thing" };
const ignore = () => undefined;

describe("triggers 19.11: the lease", () => {
  it("one evaluator holds it, others stand by; a closed one gives it back", async () => {
    const id = await automation(ctx, { trigger: { expect: ["a"] } });
    // It is not renewed, but lasts for as long as is said here, however slow all is.
    vi.useFakeTimers({ toFake: ["setInterval"] });
    onTestFinished(() => void vi.useRealTimers());
    const first = new Evaluator(ctx, ignore);
    await judged(ctx);
    await ctx.db.query(sql`UPDATE evaluator SET lease_until = clock_timestamp() + interval '1 hour'`);
    const second = new Evaluator(ctx, ignore);
    await emitEvent(ctx, { event: "a", resource });
    await judged(ctx);
    expect([first.position > 0, second.position > 0]).toEqual([true, false]);
    vi.useRealTimers();
    await first.close();
    await emitEvent(ctx, { event: "a", resource });
    await until("the second takes over", () => second.position > 0);
    await judged(ctx);
    expect(await firingsOf(ctx, id)).toHaveLength(2);
    await second.close();
  });

  it("it is taken over when it has run out, and what the old holder still commits fails", async () => {
    const id = await automation(ctx, { trigger: { expect: ["a"] } });
    const old = await Session.open(ctx, await holdLease(ctx), new Map());
    await emitEvent(ctx, { event: "a", resource });
    const evaluator = new Evaluator(ctx, ignore);
    await until("another has judged it", async () => (await firingsOf(ctx, id)).length === 1);
    await expect(old.turn()).rejects.toBeInstanceOf(LeaseLost);
    expect(await firingsOf(ctx, id)).toHaveLength(1);
    await evaluator.close();
  });

  it("two that evaluate at once fire everything once", async () => {
    const id = await automation(ctx, { trigger: { expect: ["a"], for_each: ["prefect.resource.id"] } });
    const evaluators = [new Evaluator(ctx, ignore), new Evaluator(ctx, ignore)];
    await Promise.all(Array.from({ length: 50 }, () => emitEvent(ctx, { event: "a", resource })));
    await judged(ctx);
    expect(await firingsOf(ctx, id)).toHaveLength(50);
    for (const evaluator of evaluators) await evaluator.close();
  });

  it("a time of more than ten seconds without one is recorded, a shorter one is not", async () => {
    await giveLeaseBack(ctx.db, await holdLease(ctx));
    await ago(9);
    await giveLeaseBack(ctx.db, await holdLease(ctx));
    expect(await ctx.prisma.evaluatorGap.count()).toBe(0);
    await ago(11);
    await takeLease(ctx.db, randomUUID());
    const [gap] = await ctx.prisma.evaluatorGap.findMany();
    expect((gap?.to.getTime() ?? 0) - (gap?.from.getTime() ?? 0)).toBeGreaterThanOrEqual(11_000);
  });
});

describe("triggers 7.3: downtime", () => {
  it("the clock jumps it: silence fires once, at the end of its window, and the next window begins where it ends", async () => {
    const id = await automation(ctx, {
      trigger: { posture: "Proactive", expect: ["sign of life"], within: 30 },
    });
    const start = await logClock(ctx);
    await judgeAll(ctx);
    const from = start + 45_000;
    const to = from + 600_000;
    await ctx.db.query(sql`
      INSERT INTO evaluator_gap (partition, "from", "to") VALUES (0, ${new Date(from)}, ${new Date(to)})`);
    await setLogClock(ctx, to + 31_000);
    await judgeAll(ctx);
    const { began, lag } = await watchedSince(id);
    const fired = (await firingsOf(ctx, id)).map(({ triggered }) => triggered.getTime());
    // Before it every 30 s; in it once, for the window that was open; after it 30 s from its end.
    expect(fired).toEqual([began + 30_000, began + 60_000, to - lag + 30_000]);
  });

  it("an absence that an event in the log satisfied in time does not fire", async () => {
    const id = await automation(ctx, {
      trigger: { posture: "Proactive", after: ["begun"], expect: ["ended"], within: 30 },
    });
    const start = await logClock(ctx);
    await appendAt(ctx, [{ received: start, event: "begun", resource }]);
    await judgeAll(ctx);
    await ctx.db.query(sql`
      INSERT INTO evaluator_gap (partition, "from", "to")
      VALUES (0, ${new Date(start + 5_000)}, ${new Date(start + 300_000)})`);
    await appendAt(ctx, [{ received: start + 20_000, event: "ended", resource }]);
    await setLogClock(ctx, start + 400_000);
    await judgeAll(ctx);
    expect(await firingsOf(ctx, id)).toEqual([]);
  });
});

/** As if the lease had run out so many seconds ago. */
async function ago(seconds: number): Promise<void> {
  await ctx.db.query(sql`
    UPDATE evaluator SET lease_until = date_trunc('milliseconds', clock_timestamp()) - ${seconds} * interval '1 second'`);
}

/** What the evaluation clock showed when it began to watch, and how far that lies behind. */
async function watchedSince(automationId: string): Promise<{ began: number; lag: number }> {
  const [event] = await ctx.db.query<{ occurred: Date; received: Date }>(sql`
    SELECT e.occurred, e.received FROM automation_version v JOIN event e ON e.id = v.event_id
    WHERE v.automation_id = ${automationId}::uuid`);
  if (event === undefined) throw new Error("it is not in the log");
  const began = event.occurred.getTime();
  return { began, lag: event.received.getTime() - began };
}
