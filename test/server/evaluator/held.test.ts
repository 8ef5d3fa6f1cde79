import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation, firingsOf } from "../../support/engine.ts";
import { appendAt, judgeAll, logClock, setLogClock } from "../../support/virtual-log.ts";

let ctx: TestContext;
let now: number;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const resource = { "prefect.resource.id": "thing" };

describe("triggers 11: events that follow others", () => {
  it("one that overtook its leader is held, over a restart, and judged right after it", async () => {
    const id = await automation(ctx, { trigger: { after: ["begun"], expect: ["ended"], within: 60 } });
    const leader = randomUUID();
    now = (await logClock(ctx)) + 60_000;
    await appendAt(ctx, [
      { received: now + 1_000, occurred: now + 900, event: "ended", resource, follows: leader },
    ]);
    await judgeAll(ctx);
    expect(await ctx.prisma.heldEvent.count()).toBe(1);
    await appendAt(ctx, [
      { received: now + 2_000, occurred: now + 500, event: "begun", resource, id: leader },
    ]);
    await judgeAll(ctx);
    expect(await firingsOf(ctx, id)).toMatchObject([
      { triggered: new Date(now + 900), firedAt: new Date(now + 2_000) },
    ]);
    expect(await ctx.prisma.heldEvent.count()).toBe(0);
  });

  it("19.12: one whose leader never comes is judged 15 minutes after it was received, with its followers, and held no longer", async () => {
    const id = await automation(ctx, { trigger: { expect: ["lonely"] } });
    now = (await logClock(ctx)) + 60_000;
    const first = randomUUID();
    await appendAt(ctx, [
      { received: now, event: "lonely", resource, id: first, follows: randomUUID() },
      { received: now + 60_000, event: "lonely", resource, follows: first },
    ]);
    await setLogClock(ctx, now + 899_999);
    await judgeAll(ctx);
    expect(await firingsOf(ctx, id)).toEqual([]);
    await setLogClock(ctx, now + 900_000);
    await judgeAll(ctx);
    expect((await firingsOf(ctx, id)).map(({ firedAt }) => firedAt.getTime() - now)).toEqual([
      900_000, 900_000,
    ]);
    expect(await ctx.prisma.heldEvent.count()).toBe(0);
  });

  it("19.12: those that follow one another in a circle have no leader that comes, and are judged like it, each once", async () => {
    const id = await automation(ctx, { trigger: { expect: ["round"] } });
    now = (await logClock(ctx)) + 60_000;
    const ids = [randomUUID(), randomUUID(), randomUUID()];
    const around = ids.map((own, place) => ({ id: own, follows: ids.at(place - 1) ?? null }));
    await appendAt(
      ctx,
      around.map((one) => ({ received: now, event: "round", resource, ...one })),
    );
    await judgeAll(ctx);
    expect(await ctx.prisma.heldEvent.count()).toBe(3);
    await setLogClock(ctx, now + 900_000);
    await judgeAll(ctx);
    expect((await firingsOf(ctx, id)).map(({ triggeringEventId }) => triggeringEventId)).toEqual(ids);
    expect(await ctx.prisma.heldEvent.count()).toBe(0);
  });
});
