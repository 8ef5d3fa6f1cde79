import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimFlowRuns } from "../../../server/runner/claim-flow-runs.ts";
import { skipLateRuns } from "../../../server/schedule/skip-late-runs.ts";
import { markLateRuns } from "../../../server/worker/mark-late.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { madeRuns, makeRuns, registerScheduled } from "../../support/schedules.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

/** A deployment of three runs, which were due so many seconds ago. */
async function dueSince(name: string, schedule: object, seconds: number[]): Promise<string> {
  const { id } = await registerScheduled(ctx, name, [{ cron: "0 9 * * *", ...schedule }]);
  await makeRuns(ctx);
  for (const [at, run] of (await madeRuns(ctx, id)).entries())
    await ctx.prisma.flowRun.update({
      where: { id: run.id },
      data: { scheduledFor: new Date(Date.now() - (seconds[at] ?? 0) * 1000) },
    });
  return id;
}

async function states(id: string): Promise<string[]> {
  return (await madeRuns(ctx, id)).map(({ stateName }) => stateName);
}

async function look(): Promise<void> {
  await skipLateRuns(ctx);
  await markLateRuns(ctx);
}

describe("inputs 6.2: runs of a schedule that nobody took in time", () => {
  it("wait, all of them, where nothing is said", async () => {
    const id = await dueSince("waits", {}, [300, 200, 100]);
    await look();
    expect(await states(id)).toEqual(["Late", "Late", "Late"]);
  });

  it("are cancelled, with the reason, where the schedule catches up on nothing", async () => {
    const id = await dueSince("skips", { catchUp: false }, [300, 200, 1]);
    await look();
    expect(await states(id)).toEqual(["Cancelled", "Cancelled", "Scheduled"]);
    const [run] = await madeRuns(ctx, id);
    expect(run).toMatchObject({
      stateType: "CANCELLED",
      stateMessage: "Skipped: nobody had taken it in time, and its schedule catches up on nothing.",
    });
    expect(run?.endedAt).not.toBeNull();
    // It was never told to be late.
    const history = await ctx.prisma.flowRunState.findMany({
      where: { flowRunId: run?.id ?? "" },
      orderBy: { timestamp: "asc" },
    });
    expect(history.map(({ name }) => name)).toEqual(["Scheduled", "Cancelled"]);
  });

  it("stay as many as the schedule keeps, the newest", async () => {
    const id = await dueSince("keeps", { maxLateRuns: 1 }, [300, 200, 100]);
    await look();
    expect(await states(id)).toEqual(["Cancelled", "Cancelled", "Late"]);
    await look();
    expect(await states(id)).toEqual(["Cancelled", "Cancelled", "Late"]);
  });

  it("are given to no runner that comes before they are cancelled", async () => {
    const skips = await dueSince("skips-claimed", { catchUp: false }, [300, 200, 1]);
    const keeps = await dueSince("keeps-claimed", { maxLateRuns: 2 }, [300, 200, 100]);
    const claim = (id: string) => claimFlowRuns(ctx, { runnerId: v7(), deploymentIds: [id], limit: 10 });
    const [, , third] = await madeRuns(ctx, skips);
    expect((await claim(skips)).map(({ flowRunId }) => flowRunId)).toEqual([third?.id]);
    const [first] = await madeRuns(ctx, keeps);
    const claimed = (await claim(keeps)).map(({ flowRunId }) => flowRunId);
    expect(claimed).toHaveLength(2);
    expect(claimed).not.toContain(first?.id);
    await look();
    expect(await states(skips)).toEqual(["Cancelled", "Cancelled", "Pending"]);
  });
});
