import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cancel } from "../../../server/flow-run/cancel.ts";
import { retry } from "../../../server/flow-run/retry.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { startExecution } from "../../../server/flow-run/start-execution.ts";
import { suspend } from "../../../server/flow-run/suspend.ts";
import { ask } from "../../../server/pause/ask.ts";
import { expirePause } from "../../../server/pause/expire-pause.ts";
import { resume } from "../../../server/pause/resume.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { askFor, calledRun, claim, question, readRun, scheduledRun, servedRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const done = { type: "COMPLETED" } as const;

describe("deadlines", () => {
  it("inputs 28: past the deadline an answer is TIMED_OUT, and the run Failed, whether it was expired before or not", async () => {
    for (const expiredBefore of [true, false]) {
      const run = await calledRun(ctx);
      await askFor(ctx, run, { until: new Date(Date.now() - 10) });
      if (expiredBefore) await expirePause(ctx, run.flowRunId);
      // The input is not even looked at.
      const late = resume(ctx, { flowRunId: run.flowRunId, input: { nonsense: 1 } });
      await expect(late).rejects.toMatchObject({ code: "TIMED_OUT" });
      await expect(resume(ctx, { flowRunId: run.flowRunId })).rejects.toMatchObject({ code: "TIMED_OUT" });
      expect((await readRun(ctx, run.flowRunId)).stateType).toBe("FAILED");
    }
  });

  it("inputs 38: only what is over is failed, each of several; waits without an end stay", async () => {
    const [over, alsoOver, active, endless] = await Promise.all([
      calledRun(ctx),
      calledRun(ctx),
      calledRun(ctx),
      calledRun(ctx),
    ]);
    await askFor(ctx, over, { until: new Date(Date.now() - 10) });
    await askFor(ctx, alsoOver, { until: new Date(Date.now() - 10) });
    await askFor(ctx, active, { timeout: 3600 });
    await askFor(ctx, endless);
    const runs = [over, alsoOver, active, endless];
    for (const run of runs) await expirePause(ctx, run.flowRunId);
    const types = await Promise.all(runs.map(async (run) => (await readRun(ctx, run.flowRunId)).stateType));
    expect(types).toEqual(["FAILED", "FAILED", "PAUSED", "PAUSED"]);
  });

  it("a wait that goes on at its timeout does so with its default response", async () => {
    const run = await calledRun(ctx);
    const options = {
      onTimeout: "RESUME",
      defaultResponse: { approved: false },
      hasDefaultResponse: true,
    } as const;
    await askFor(ctx, run, { until: new Date(Date.now() - 10), ...options });
    await expirePause(ctx, run.flowRunId);
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("RUNNING");
    expect(await ask(ctx, { ...run, question: question(options) })).toMatchObject({
      kind: "answered",
      value: { approved: false },
    });
    await expect(resume(ctx, { flowRunId: run.flowRunId })).rejects.toMatchObject({ code: "TIMED_OUT" });
  });

  it("inputs 2.5: a timeout that would be over at once is refused with its number; 0 beside until is none", async () => {
    const run = await calledRun(ctx);
    const asked = (more: object) => ask(ctx, { ...run, question: question(more) });
    for (const timeout of [0, -1]) {
      await expect(asked({ timeout })).rejects.toMatchObject({
        issues: [{ path: ["timeout"], message: expect.stringContaining(`a wait of ${timeout} seconds`) }],
      });
    }
    const until = new Date(Date.now() + 3_600_000);
    expect(await asked({ timeout: 0, until })).toMatchObject({ kind: "asked" });
    expect(await ctx.prisma.pause.findFirst({ where: { flowRunId: run.flowRunId } })).toMatchObject({
      expiresAt: until,
    });
  });

  it("it needs a default response then, and one that its type takes", async () => {
    const run = await calledRun(ctx);
    const asked = (more: object) =>
      ask(ctx, { ...run, question: question({ onTimeout: "RESUME", timeout: 1, ...more }) });
    await expect(asked({})).rejects.toMatchObject({ issues: [{ path: ["defaultResponse"] }] });
    await expect(asked({ hasDefaultResponse: true, defaultResponse: {} })).rejects.toMatchObject({
      issues: [{ path: ["defaultResponse", "approved"] }],
    });
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("RUNNING");
  });
});

describe("ends", () => {
  it("inputs 44: a run that failed on its answer asks afresh when it is run again, under the next key", async () => {
    const run = await servedRun(ctx, "retried");
    await askFor(ctx, run);
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    await setFlowRunState(ctx, { ...run, state: { type: "FAILED" } });
    await retry(ctx, { flowRunId: run.flowRunId });
    const next = await claim(ctx, "retried");
    if (!next) throw new Error("nothing to claim");
    await startExecution(ctx, next);
    await askFor(ctx, next);
    const [open] = await ctx.prisma.pause.findMany({ where: { flowRunId: run.flowRunId, status: "OPEN" } });
    expect(open).toMatchObject({ key: "paused-1--2", attempt: 2, refusedAnswer: null });
    expect(await readRun(ctx, run.flowRunId)).toMatchObject({ runCount: 2 });
  });

  it("inputs 52: suspended and cancelled is Cancelled at once; resuming too", async () => {
    const suspended = await servedRun(ctx, "cancelled");
    await askFor(ctx, suspended, { kind: "SUSPEND" });
    await cancel(ctx, { flowRunId: suspended.flowRunId });
    expect((await readRun(ctx, suspended.flowRunId)).stateType).toBe("CANCELLED");
    const resuming = await servedRun(ctx, "cancelled");
    await askFor(ctx, resuming, { kind: "SUSPEND", schema: null });
    await resume(ctx, { flowRunId: resuming.flowRunId });
    await cancel(ctx, { flowRunId: resuming.flowRunId });
    expect((await readRun(ctx, resuming.flowRunId)).stateType).toBe("CANCELLED");
  });

  it("inputs 50: what ends while a suspension came first stays Suspended", async () => {
    const run = await servedRun(ctx, "boundary");
    await suspend(ctx, { flowRunId: run.flowRunId });
    expect(await setFlowRunState(ctx, { ...run, state: done })).toMatchObject({ accepted: false });
    expect(await readRun(ctx, run.flowRunId)).toMatchObject({ stateType: "PAUSED", stateName: "Suspended" });
  });

  it("inputs 49: what is cancelled or suspended before its first line does not begin", async () => {
    await scheduledRun(ctx, "unbegun");
    const execution = await claim(ctx, "unbegun");
    if (!execution) throw new Error("nothing to claim");
    await cancel(ctx, { flowRunId: execution.flowRunId });
    await expect(startExecution(ctx, execution)).rejects.toMatchObject({ code: "NOT_RUNNING" });
  });

  it("states of one run never share a moment", async () => {
    const run = await calledRun(ctx);
    for (let n = 0; n < 20; n++)
      await setFlowRunState(ctx, { ...run, state: { type: "RUNNING", name: `step ${n}` } });
    const history = await ctx.prisma.flowRunState.findMany({
      where: { flowRunId: run.flowRunId },
      orderBy: { timestamp: "asc" },
    });
    expect(history).toHaveLength(22);
    expect(new Set(history.map(({ timestamp }) => timestamp.getTime())).size).toBe(22);
  });
});
