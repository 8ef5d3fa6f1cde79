import sql from "sql-template-tag";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { beginFlowRun } from "../../../server/flow-run/begin-flow-run.ts";
import { cancel } from "../../../server/flow-run/cancel.ts";
import { executionSignals } from "../../../server/flow-run/execution-signals.ts";
import { renewLeases } from "../../../server/flow-run/renew-leases.ts";
import { reportExit } from "../../../server/flow-run/report-exit.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { startExecution } from "../../../server/flow-run/start-execution.ts";
import { tail } from "../../../server/live/tail.ts";
import { ask } from "../../../server/pause/ask.ts";
import { judgeAnswer } from "../../../server/pause/judge-answer.ts";
import { refuseAnswer } from "../../../server/pause/refuse-answer.ts";
import { resume } from "../../../server/pause/resume.ts";
import { reportInputs } from "../../../server/run-input/report-inputs.ts";
import { endOverdueLeases, startLeasesAnew, sweepLeases } from "../../../server/worker/overdue-leases.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { askFor, calledRun, claim, question, readRun, scheduledRun, servedRun } from "../../support/runs.ts";
import { until } from "../../support/wire.ts";

let ctx: TestContext;
beforeAll(async () => {
  // A process that judges answers is waited for, however slow all is.
  ctx = await createTestContext({ ANTIPHON_VALIDATION_TIMEOUT: "60" });
});
afterAll(() => ctx.close());

async function loseLease(flowRunId: string) {
  await ctx.db.query(
    sql`UPDATE flow_run SET lease_until = now() - interval '1 second' WHERE id = ${flowRunId}::uuid`,
  );
  await endOverdueLeases(ctx);
}

describe("a process that is not heard of any more", () => {
  it("while Paused, with a deployment: Suspended with the same question, key and deadline; its answer makes it run again", async () => {
    const run = await servedRun(ctx, "lost-paused");
    await askFor(ctx, run, { timeout: 3600 });
    const before = await ctx.prisma.pause.findFirstOrThrow({ where: { flowRunId: run.flowRunId } });
    await loseLease(run.flowRunId);
    expect(await readRun(ctx, run.flowRunId)).toMatchObject({ stateName: "Suspended", pauseId: before.id });
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true }, key: "paused-1" });
    expect((await readRun(ctx, run.flowRunId)).stateName).toBe("Resuming");
    const next = await claim(ctx, "lost-paused");
    if (!next) throw new Error("nothing to claim");
    await startExecution(ctx, next);
    expect(await ask(ctx, { ...next, question: question({ timeout: 3600 }) })).toMatchObject({
      value: { approved: true },
    });
  });

  it("while Paused, without a deployment: Crashed, and the answer comes too late", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run);
    await loseLease(run.flowRunId);
    expect(await readRun(ctx, run.flowRunId)).toMatchObject({ stateType: "CRASHED", pauseId: null });
    await expect(resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } })).rejects.toMatchObject({
      code: "FINISHED",
    });
  });

  it("its subflow, which waits in the same process, is lost with it at once", async () => {
    const parent = await servedRun(ctx, "lost-with-subflow");
    const run = { id: v7(), flowName: "lost-subflow", parent };
    const subflow = await beginFlowRun(ctx, { run });
    const { flowRunId } = subflow;
    await askFor(ctx, subflow);
    await reportExit(ctx, { ...parent, signal: "SIGKILL", reason: "EXIT" });
    expect(await readRun(ctx, parent.flowRunId)).toMatchObject({ stateType: "CRASHED" });
    expect(await readRun(ctx, flowRunId)).toMatchObject({ stateType: "CRASHED", pauseId: null });
    const answer = resume(ctx, { flowRunId, input: { approved: true } });
    await expect(answer).rejects.toMatchObject({ code: "FINISHED" });
  });

  it("Running, with an answer that its code was not handed: it runs again, else Crashed", async () => {
    for (const handed of [false, true]) {
      const run = await servedRun(ctx, `answered-${handed}`);
      await askFor(ctx, run);
      await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
      const answer = await ctx.prisma.runInput.findFirstOrThrow({
        where: { flowRunId: run.flowRunId, kind: "RESPONSE" },
      });
      if (handed) await reportInputs(ctx, { ...run, delivered: [answer.id] });
      await loseLease(run.flowRunId);
      expect((await readRun(ctx, run.flowRunId)).stateName).toBe(handed ? "Crashed" : "Resuming");
    }
  });

  it("Paused, and answered in this very moment: it runs again with the answer", async () => {
    const run = await servedRun(ctx, "answered-meanwhile");
    await askFor(ctx, run);
    const query = ctx.db.query.bind(ctx.db);
    const spied = vi.spyOn(ctx.db, "query").mockImplementation(async (statement) => {
      const rows = await query(statement);
      if (statement.sql.includes("p.answer_id")) {
        spied.mockRestore();
        await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
      }
      return rows;
    });
    onTestFinished(() => spied.mockRestore());
    await loseLease(run.flowRunId);
    expect((await readRun(ctx, run.flowRunId)).stateName).toBe("Resuming");
  });

  it("claimed and not begun: the next runner gets it", async () => {
    const id = await scheduledRun(ctx, "unbegun");
    await claim(ctx, "unbegun");
    await loseLease(id);
    expect(await claim(ctx, "unbegun")).toMatchObject({ flowRunId: id, execution: 2 });
  });

  it("being cancelled: Cancelled, and so is what it started", async () => {
    const parent = await servedRun(ctx, "parent");
    const child = await beginFlowRun(ctx, { run: { id: v7(), flowName: "child", parent } });
    await cancel(ctx, { flowRunId: parent.flowRunId });
    expect((await readRun(ctx, child.flowRunId)).stateType).toBe("CANCELLING");
    await loseLease(parent.flowRunId);
    await loseLease(child.flowRunId);
    expect((await readRun(ctx, parent.flowRunId)).stateType).toBe("CANCELLED");
    expect((await readRun(ctx, child.flowRunId)).stateType).toBe("CANCELLED");
  });

  it("no lease ends while no server was there", async () => {
    const run = await calledRun(ctx);
    await ctx.db.query(
      sql`UPDATE flow_run SET lease_until = now() - interval '1 hour' WHERE id = ${run.flowRunId}::uuid`,
    );
    await startLeasesAnew(ctx);
    await endOverdueLeases(ctx);
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("RUNNING");
  });

  it("a server that was away itself, as a machine that slept, gives every lease a full period before it ends any", async () => {
    const run = await calledRun(ctx);
    let now = 0;
    const sweep = sweepLeases(ctx, () => now);
    await sweep();
    const overdue = () =>
      ctx.db.query(
        sql`UPDATE flow_run SET lease_until = now() - interval '1 second' WHERE id = ${run.flowRunId}::uuid`,
      );
    await overdue();
    now += 40_000;
    await sweep();
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("RUNNING");
    await overdue();
    now += 5_000;
    await sweep();
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("CRASHED");
  });

  it("a renewed lease is kept; what was replaced or has ended is said", async () => {
    const [kept, ended] = await Promise.all([calledRun(ctx), calledRun(ctx)]);
    await setFlowRunState(ctx, { ...ended, state: { type: "COMPLETED" } });
    const older = { ...kept, execution: 0 };
    const lost = await renewLeases(ctx, { executions: [kept, ended, older] });
    expect(lost).toEqual([ended, older].map(({ flowRunId, execution }) => ({ flowRunId, execution })));
  });
});

describe("a runner reports an exit", () => {
  it("without an end: Crashed with what happened; after one: nothing changes", async () => {
    const crashed = await servedRun(ctx, "exits");
    await reportExit(ctx, { ...crashed, signal: "SIGKILL", reason: "EXIT" });
    expect(await readRun(ctx, crashed.flowRunId)).toMatchObject({
      stateType: "CRASHED",
      stateMessage: expect.stringContaining("SIGKILL"),
    });
    const ended = await servedRun(ctx, "exits");
    await setFlowRunState(ctx, { ...ended, state: { type: "COMPLETED" } });
    await reportExit(ctx, { ...ended, exitCode: 1, reason: "EXIT" });
    expect((await readRun(ctx, ended.flowRunId)).stateType).toBe("COMPLETED");
  });

  it("on its shutdown: what waited is Suspended, what had not begun is given back", async () => {
    const waiting = await servedRun(ctx, "shutdown");
    await askFor(ctx, waiting);
    await reportExit(ctx, { ...waiting, exitCode: 0, reason: "SHUTDOWN" });
    expect((await readRun(ctx, waiting.flowRunId)).stateName).toBe("Suspended");
  });
});

describe("the asking process judges", () => {
  const present = async (
    run: { flowRunId: string; execution: number },
    verdict: (value: unknown) => string | null,
  ) => {
    const source = await executionSignals(ctx, run);
    const signals = await tail(source, ctx.bus);
    const seen: string[] = [];
    const done = (async () => {
      for await (const signal of signals) {
        seen.push(signal.kind);
        if (signal.kind !== "candidate") continue;
        const message = verdict(signal.value);
        await judgeAnswer(ctx, {
          candidateId: signal.candidateId,
          issues: message === null ? [] : [{ path: ["name"], message }],
        });
      }
    })();
    return {
      seen,
      async leave() {
        await signals.return?.();
        await done;
      },
    };
  };

  it("inputs 41: an answer that it refuses is not accepted, one that it takes is; user code saw nothing", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run, { checks: true });
    const process = await present(run, (value) =>
      (value as { name: string }).name === "Eve" ? "not Eve" : null,
    );
    const answer = (name: string) =>
      resume(ctx, { flowRunId: run.flowRunId, input: { name, approved: true } });
    await expect(answer("Eve")).rejects.toMatchObject({ issues: [{ path: ["name"], message: "not Eve" }] });
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("PAUSED");
    await answer("Ada");
    await until("it hears of the answer", () => process.seen.includes("answer"));
    await process.leave();
    expect(await ctx.prisma.answerCandidate.count()).toBe(0);
  });

  it("two answers at once are judged one after the other; one is accepted", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run, { checks: true });
    const process = await present(run, (value) =>
      (value as { name: string }).name === "p0" ? "not p0" : null,
    );
    const answers = await Promise.allSettled(
      [0, 1, 2].map((n) =>
        resume(ctx, { flowRunId: run.flowRunId, input: { name: `p${n}`, approved: true } }),
      ),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await process.leave();
  });

  it("no verdict in time: accepted, to be judged by the code; nobody there: at once", async () => {
    const slow = await calledRun(ctx);
    await askFor(ctx, slow, { checks: true });
    const source = await executionSignals(ctx, slow);
    await source.open();
    const clock = vi.spyOn(Date, "now");
    onTestFinished(() => clock.mockRestore());
    const resumed = resume(ctx, { flowRunId: slow.flowRunId, input: { approved: true } });
    const candidates = { where: { flowRunId: slow.flowRunId } };
    await until(
      "it waits for a verdict",
      async () => (await ctx.prisma.answerCandidate.count(candidates)) > 0,
    );
    expect((await readRun(ctx, slow.flowRunId)).stateType).toBe("PAUSED");
    clock.mockReturnValue(Date.now() + 60_000);
    await resumed;
    clock.mockRestore();
    expect((await readRun(ctx, slow.flowRunId)).stateType).toBe("RUNNING");
    await source.close?.();
    const gone = await calledRun(ctx);
    await askFor(ctx, gone, { checks: true });
    await resume(ctx, { flowRunId: gone.flowRunId, input: { approved: true } });
    await refuseAnswer(ctx, { ...gone, key: "paused-1", issues: [] });
  });

  it("a cancelled run does not wait for a verdict", async () => {
    const run = await servedRun(ctx, "no-verdict");
    await askFor(ctx, run, { checks: true });
    const source = await executionSignals(ctx, run);
    await source.open();
    const answer = expect(
      resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } }),
    ).rejects.toMatchObject({ name: "StateConflictError" });
    await cancel(ctx, { flowRunId: run.flowRunId });
    await answer;
    await source.close?.();
  });
});

describe("an execution's signals", () => {
  it("begin with the present, and with an answer that came while nobody listened", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run);
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    const source = await executionSignals(ctx, run);
    const { first } = await source.open();
    expect(first).toMatchObject([
      { kind: "answer", key: "paused-1", value: { approved: true } },
      { kind: "state", execution: 1 },
    ]);
    await source.close?.();
  });
});
