import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { cancel } from "../../../server/flow-run/cancel.ts";
import { retry } from "../../../server/flow-run/retry.ts";
import { startExecution } from "../../../server/flow-run/start-execution.ts";
import { suspend } from "../../../server/flow-run/suspend.ts";
import { resume } from "../../../server/pause/resume.ts";
import { markLateRuns } from "../../../server/worker/mark-late.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { stateEvents } from "../../support/events.ts";
import { claim, readRun, scheduledRun, servedRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

/** Its time was so many seconds ago. */
async function dueSince(id: string, seconds: number): Promise<string> {
  const scheduledFor = new Date(Date.now() - seconds * 1000);
  await ctx.prisma.flowRun.update({ where: { id }, data: { scheduledFor } });
  return id;
}

async function stateName(id: string): Promise<string> {
  return (await readRun(ctx, id)).stateName;
}

describe("inputs 5.3: a run that nobody takes", () => {
  it("is Late 15 s after its time, once, and says so in an event", async () => {
    const late = await dueSince(await scheduledRun(ctx, "late"), 15);
    const due = await dueSince(await scheduledRun(ctx, "late"), 1);
    const future = await runDeployment(ctx, {
      deployment: "late/main",
      scheduledTime: new Date(Date.now() + 60_000),
    });
    const wait = await markLateRuns(ctx);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(14_000);
    await markLateRuns(ctx);
    expect(await Promise.all([late, due, future].map(stateName))).toEqual(["Late", "Scheduled", "Scheduled"]);
    const events = await stateEvents(ctx, late);
    expect(events.map(({ event }) => event)).toEqual(["prefect.flow-run.Scheduled", "prefect.flow-run.Late"]);
    expect(events[1]).toMatchObject({
      resource: { "prefect.state-type": "SCHEDULED" },
      payload: { intended: { from: "SCHEDULED", to: "SCHEDULED" } },
    });
  });

  it("can be claimed and cancelled as before", async () => {
    const late = await dueSince(await scheduledRun(ctx, "late-claimed"), 20);
    await markLateRuns(ctx);
    const claimed = await claim(ctx, "late-claimed");
    expect(claimed?.flowRunId).toBe(late);
    if (claimed) await startExecution(ctx, claimed);
    expect(await stateName(late)).toBe("Running");
    const other = await dueSince(await scheduledRun(ctx, "late-cancelled"), 20);
    await markLateRuns(ctx);
    await cancel(ctx, { flowRunId: other });
    expect(await stateName(other)).toBe("Cancelled");
  });

  it("is not Late where it waits under another name: resuming, or for a retry", async () => {
    const { flowRunId: resuming } = await servedRun(ctx, "late-resuming");
    await suspend(ctx, { flowRunId: resuming });
    await resume(ctx, { flowRunId: resuming });
    const retried = await scheduledRun(ctx, "late-retried");
    await cancel(ctx, { flowRunId: retried });
    await retry(ctx, { flowRunId: retried });
    for (const id of [resuming, retried]) await dueSince(id, 60);
    await markLateRuns(ctx);
    expect(await Promise.all([resuming, retried].map(stateName))).toEqual(["Resuming", "AwaitingRetry"]);
  });

  it("is the runner's where one takes it at the same moment; many at once are all marked", async () => {
    const ids = await Promise.all(Array.from({ length: 120 }, () => scheduledRun(ctx, "late-many")));
    for (const id of ids) await dueSince(id, 30);
    const [claimed] = await Promise.all([
      Promise.all(Array.from({ length: 20 }, () => claim(ctx, "late-many"))),
      markLateRuns(ctx),
      markLateRuns(ctx),
    ]);
    const taken = new Set(claimed.map((execution) => execution?.flowRunId));
    expect(taken.size).toBe(20);
    for (const id of ids) {
      expect(await stateName(id)).toBe(taken.has(id) ? "Pending" : "Late");
      const events = await stateEvents(ctx, id);
      expect(events.filter(({ event }) => event.endsWith(".Late")).length).toBeLessThanOrEqual(1);
    }
  });
});
