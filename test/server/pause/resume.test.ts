import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cancel } from "../../../server/flow-run/cancel.ts";
import { retry } from "../../../server/flow-run/retry.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { startExecution } from "../../../server/flow-run/start-execution.ts";
import { suspend } from "../../../server/flow-run/suspend.ts";
import { ask } from "../../../server/pause/ask.ts";
import { expirePause } from "../../../server/pause/expire-pause.ts";
import type { QuestionArgs } from "../../../server/pause/question.ts";
import { refuseAnswer } from "../../../server/pause/refuse-answer.ts";
import { resume } from "../../../server/pause/resume.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import {
  askFor,
  calledRun,
  claim,
  inputOf,
  question,
  readRun,
  scheduledRun,
  servedRun,
} from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const done = { type: "COMPLETED" } as const;

describe("asking", () => {
  it("inputs 22: state, question and schema row are there at once, under paused-1", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run, { description: "**Who?**" });
    expect(await readRun(ctx, run.flowRunId)).toMatchObject({ stateType: "PAUSED", stateName: "Paused" });
    expect((await inputOf(ctx, run.flowRunId, "paused-1-schema"))?.value).toEqual(question().input?.schema);
    expect((await inputOf(ctx, run.flowRunId, "paused-1-description"))?.value).toBe("**Who?**");
  });

  it("inputs 26: a key that was answered is not asked again: its answer comes back", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run);
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    const again = await ask(ctx, { ...run, question: question() });
    expect(again).toMatchObject({
      kind: "answered",
      key: "paused-1",
      value: { approved: true },
      issues: null,
    });
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("RUNNING");
  });

  it("a key that is asked for something else is a mismatch, not a wrong value", async () => {
    const run = await servedRun(ctx, "mismatch");
    await askFor(ctx, run);
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    const other = await ask(ctx, {
      ...run,
      question: question({ kind: "SUSPEND", fingerprint: "suspend Person" }),
    });
    expect(other).toMatchObject({ kind: "refused", code: "REPLAY_MISMATCH" });
  });

  it("inputs 47: without a deployment it is refused, and the run goes on", async () => {
    const run = await calledRun(ctx);
    const outcome = await ask(ctx, { ...run, question: question({ kind: "SUSPEND" }) });
    expect(outcome).toMatchObject({ kind: "refused", code: "NO_DEPLOYMENT" });
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("RUNNING");
  });

  it.each(["2", "my key", "a_b", "a--b", "-a", "x".repeat(65), "ü"])(
    "inputs 78: the explicit key %j is refused before any state change",
    async (key) => {
      const run = await calledRun(ctx);
      await expect(ask(ctx, { ...run, question: question({ key, explicitKey: true }) })).rejects.toThrow(
        "key",
      );
      expect((await readRun(ctx, run.flowRunId)).stateType).toBe("RUNNING");
    },
  );

  it("names of what is asked that cannot be stored are refused before any state change", async () => {
    const run = await calledRun(ctx);
    const input = { ...question().input, inputType: "a\0", schemaDigest: "\ud800" } as QuestionArgs["input"];
    const asked = ask(ctx, { ...run, question: { ...question(), fingerprint: "\0", input } });
    await expect(asked).rejects.toMatchObject({
      issues: [
        { path: ["fingerprint"], message: "holds a NUL character, which cannot be stored" },
        { path: ["input", "inputType"] },
        { path: ["input", "schemaDigest"] },
      ],
    });
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("RUNNING");
  });

  it.each(["", "a\0", "\ud800", "x".repeat(256)])("a state is not named %j", async (name) => {
    const run = await calledRun(ctx);
    const state = { type: "RUNNING", name } as const;
    await expect(setFlowRunState(ctx, { ...run, state })).rejects.toMatchObject({
      issues: [{ path: ["state", "name"] }],
    });
    expect((await readRun(ctx, run.flowRunId)).stateName).toBe("Running");
  });

  it("an older execution is told to stop", async () => {
    const run = await servedRun(ctx, "replaced");
    await askFor(ctx, run, { kind: "SUSPEND" });
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    const next = await claim(ctx, "replaced");
    expect(next).toMatchObject({ flowRunId: run.flowRunId, execution: 2, rerun: true });
    await expect(ask(ctx, { ...run, question: question() })).rejects.toThrow("replaced");
  });
});

describe("resuming", () => {
  it("inputs 29: a pause goes on as Running; a suspension is Scheduled, named Resuming", async () => {
    const paused = await calledRun(ctx);
    await askFor(ctx, paused, { schema: null });
    await resume(ctx, { flowRunId: paused.flowRunId });
    expect(await readRun(ctx, paused.flowRunId)).toMatchObject({
      stateType: "RUNNING",
      stateName: "Running",
    });
    const suspended = await servedRun(ctx, "suspends");
    await askFor(ctx, suspended, { kind: "SUSPEND", schema: null });
    await resume(ctx, { flowRunId: suspended.flowRunId });
    expect(await readRun(ctx, suspended.flowRunId)).toMatchObject({
      stateType: "SCHEDULED",
      stateName: "Resuming",
    });
  });

  it.each([[[]], [0], [""], [{ a: 1 }]])(
    "a wait without a question refuses %j, at the empty path",
    async (input) => {
      const run = await calledRun(ctx);
      await askFor(ctx, run, { schema: null });
      await expect(resume(ctx, { flowRunId: run.flowRunId, input })).rejects.toMatchObject({
        issues: [{ path: [] }],
      });
      expect((await readRun(ctx, run.flowRunId)).stateName).toBe("Paused");
      await resume(ctx, { flowRunId: run.flowRunId, input: {} });
    },
  );

  it("a key that no text of the database can be names no wait", async () => {
    const run = await calledRun(ctx);
    const key = "paused-1\0";
    await askFor(ctx, run);
    await expect(resume(ctx, { flowRunId: run.flowRunId, key, input: {} })).rejects.toMatchObject({
      code: "STALE_KEY",
    });
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    await expect(refuseAnswer(ctx, { ...run, key, issues: [] })).rejects.toThrow("no answered wait");
  });

  it("inputs 30: suspended, its deployment gone: it stays Suspended, NO_DEPLOYMENT", async () => {
    const run = await servedRun(ctx, "gone");
    await askFor(ctx, run, { kind: "SUSPEND" });
    await ctx.db.query(sql`UPDATE flow_run SET deployment_id = NULL WHERE id = ${run.flowRunId}::uuid`);
    await expect(resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } })).rejects.toMatchObject({
      code: "NO_DEPLOYMENT",
    });
    expect((await readRun(ctx, run.flowRunId)).stateName).toBe("Suspended");
  });

  it("inputs 31: a run that never paused, or failed, is not changed", async () => {
    const running = await calledRun(ctx);
    await expect(resume(ctx, { flowRunId: running.flowRunId })).rejects.toMatchObject({ code: "NOT_PAUSED" });
    const scheduled = await scheduledRun(ctx, "never-paused");
    await expect(resume(ctx, { flowRunId: scheduled })).rejects.toMatchObject({ code: "NOT_PAUSED" });
    await setFlowRunState(ctx, { ...running, state: { type: "FAILED", message: "boom" } });
    const before = await readRun(ctx, running.flowRunId);
    await expect(resume(ctx, { flowRunId: running.flowRunId })).rejects.toMatchObject({ code: "FINISHED" });
    expect((await readRun(ctx, running.flowRunId)).stateId).toBe(before.stateId);
  });

  it("inputs 32: where every field has a default, no input is an answer", async () => {
    const schema = {
      type: "object",
      properties: { name: { type: "string", default: "Bob" } },
      additionalProperties: false,
    };
    const run = await calledRun(ctx);
    await askFor(ctx, run, { schema });
    await resume(ctx, { flowRunId: run.flowRunId });
    expect((await inputOf(ctx, run.flowRunId, "paused-1-response"))?.value).toEqual({ name: "Bob" });
  });

  it.each([
    ["33: a missing required field is named", {}, ["approved"]],
    ["33: so it is without any input", null, ["approved"]],
    ["34: a wrong type is named", { approved: "not a bool!" }, ["approved"]],
    ["34: an unknown field is named", { approved: true, extra: 1 }, ["extra"]],
  ])("inputs %s, nothing is stored, the same state stays", async (_, input, path) => {
    const run = await calledRun(ctx);
    await askFor(ctx, run);
    const before = await readRun(ctx, run.flowRunId);
    await expect(resume(ctx, { flowRunId: run.flowRunId, input })).rejects.toMatchObject({
      issues: [{ path }],
    });
    expect((await readRun(ctx, run.flowRunId)).stateId).toBe(before.stateId);
    expect(await inputOf(ctx, run.flowRunId, "paused-1-response")).toBeNull();
  });

  it("inputs 35: a good answer is stored as it was given", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run);
    await resume(ctx, { flowRunId: run.flowRunId, input: { name: "Ada", approved: true } });
    const row = await inputOf(ctx, run.flowRunId, "paused-1-response");
    expect(row).toMatchObject({
      kind: "RESPONSE",
      seq: 1,
      sender: null,
      value: { name: "Ada", approved: true },
    });
  });

  it.each([
    ["36: a json placeholder", { __prefect_kind: "json", value: "{}" }],
    ["36: a template", { __prefect_kind: "jinja", template: "{{ 2 + 2 }}" }],
    ["37: a malformed placeholder", { __prefect_kind: "json", value: "{" }],
  ])("inputs %s in an answer is data", async (_, input) => {
    const run = await calledRun(ctx);
    await askFor(ctx, run, { schema: { type: "object", additionalProperties: true } });
    await resume(ctx, { flowRunId: run.flowRunId, input });
    expect((await inputOf(ctx, run.flowRunId, "paused-1-response"))?.value).toEqual(input);
  });

  it("inputs 45: a resume is the same attempt, of a suspended run too", async () => {
    const run = await servedRun(ctx, "counts");
    await askFor(ctx, run, { kind: "SUSPEND", schema: null });
    await resume(ctx, { flowRunId: run.flowRunId });
    const next = await claim(ctx, "counts");
    if (next) await startExecution(ctx, next);
    expect(await readRun(ctx, run.flowRunId)).toMatchObject({
      runCount: 1,
      attempt: 1,
      stateType: "RUNNING",
    });
  });

  it("the key of another question is refused", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run);
    const stale = resume(ctx, { flowRunId: run.flowRunId, input: { approved: true }, key: "paused-10" });
    await expect(stale).rejects.toMatchObject({ code: "STALE_KEY" });
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true }, key: "paused-1" });
  });

  it("an idempotency key answers the run again, whatever its state; another input under it does not", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run);
    const args = { flowRunId: run.flowRunId, input: { approved: true }, idempotencyKey: "once" };
    await resume(ctx, args);
    await setFlowRunState(ctx, { ...run, state: done });
    expect(await resume(ctx, args)).toBe(run.flowRunId);
    await expect(resume(ctx, { ...args, input: { approved: false } })).rejects.toMatchObject({
      issues: [{ path: ["idempotencyKey"] }],
    });
    await expect(resume(ctx, { ...args, idempotencyKey: "" })).rejects.toThrow("1 to 255");
  });
});

describe("races", () => {
  it("inputs 39: of twenty answers at once one is accepted, the others find nothing paused; one answer is stored", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run);
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        resume(ctx, {
          flowRunId: run.flowRunId,
          input: { name: `p${n}`, approved: true },
          idempotencyKey: `k${n}`,
        }),
      ),
    );
    const won = answers.findIndex(({ status }) => status === "fulfilled");
    const refused = answers.filter((answer) => answer.status === "rejected").map(({ reason }) => reason.code);
    expect(refused).toEqual(Array(19).fill("NOT_PAUSED"));
    expect((await inputOf(ctx, run.flowRunId, "paused-1-response"))?.value).toMatchObject({
      name: `p${won}`,
    });
    const again = {
      flowRunId: run.flowRunId,
      input: { name: `p${won}`, approved: true },
      idempotencyKey: `k${won}`,
    };
    expect(await resume(ctx, again)).toBe(run.flowRunId);
  });

  it("inputs 40: an answer sent the instant the run is Paused is never refused for a missing schema", async () => {
    for (let round = 0; round < 30; round++) {
      const run = await calledRun(ctx);
      const wake = ctx.bus.wake(`run:${run.flowRunId}`);
      const answered = (async () => {
        while ((await readRun(ctx, run.flowRunId)).stateType !== "PAUSED") await wake.next();
        const wrong = resume(ctx, { flowRunId: run.flowRunId, input: { approved: "no" } });
        await expect(wrong).rejects.toMatchObject({ issues: [{ path: ["approved"] }] });
        return resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
      })();
      await Promise.all([askFor(ctx, run), answered]);
      wake.close();
    }
  });

  it("an answer and the deadline: the run is answered or failed, never both", async () => {
    for (let round = 0; round < 20; round++) {
      const run = await calledRun(ctx);
      await askFor(ctx, run, { timeout: 0.02 });
      await new Promise((resolve) => setTimeout(resolve, 15 + (round % 10)));
      const [answer] = await Promise.allSettled([
        resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } }),
        expirePause(ctx, run.flowRunId),
      ]);
      if (answer.status === "rejected") {
        await expirePause(ctx, run.flowRunId);
        expect(answer.reason.code).toBe("TIMED_OUT");
        expect((await readRun(ctx, run.flowRunId)).stateType).toBe("FAILED");
      } else expect((await readRun(ctx, run.flowRunId)).stateType).toBe("RUNNING");
    }
  });
});

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

describe("refused answers", () => {
  it("are INVALID and history; the same key is asked again as --2, with what was wrong", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run, { checks: true });
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    const issues = [{ path: ["approved"], message: "not today" }];
    await refuseAnswer(ctx, { ...run, key: "paused-1", issues });
    await refuseAnswer(ctx, { ...run, key: "paused-1", issues });
    await askFor(ctx, run, { checks: true });
    const [open] = await ctx.prisma.pause.findMany({ where: { flowRunId: run.flowRunId, status: "OPEN" } });
    expect(open).toMatchObject({
      key: "paused-1--2",
      refusedAnswer: { approved: true },
      refusedIssues: issues,
    });
    expect((await inputOf(ctx, run.flowRunId, "paused-1-response"))?.status).toBe("INVALID");
  });

  it("inputs 42: with validate after, a counted key replays its refusal, and the next one its good answer", async () => {
    const run = await calledRun(ctx);
    const after = { validate: "AFTER" } as const;
    await askFor(ctx, run, after);
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: false } });
    const issues = [{ path: [], message: "must be approved" }];
    await refuseAnswer(ctx, { ...run, key: "paused-1", issues });
    await askFor(ctx, run, { ...after, key: "2" });
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    expect(await ask(ctx, { ...run, question: question(after) })).toMatchObject({ kind: "answered", issues });
    const second = await ask(ctx, { ...run, question: question({ ...after, key: "2" }) });
    expect(second).toMatchObject({ kind: "answered", value: { approved: true }, issues: null });
  });

  it("a refused answer does not spend an explicit key", async () => {
    const run = await calledRun(ctx);
    const mine = { validate: "AFTER", key: "size", explicitKey: true } as const;
    await askFor(ctx, run, mine);
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: false } });
    await refuseAnswer(ctx, { ...run, key: "paused-size", issues: [] });
    await askFor(ctx, run, mine);
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true }, key: "paused-size--2" });
    expect(await ask(ctx, { ...run, question: question(mine) })).toMatchObject({
      value: { approved: true },
      issues: null,
    });
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
