import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { startExecution } from "../../../server/flow-run/start-execution.ts";
import { expirePause } from "../../../server/pause/expire-pause.ts";
import { refuseAnswer } from "../../../server/pause/refuse-answer.ts";
import { resume } from "../../../server/pause/resume.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { askFor, calledRun, claim, inputOf, readRun, scheduledRun, servedRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const done = { type: "COMPLETED" } as const;

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

  it("inputs 2.6: no input and an empty one are the same under one idempotency key", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run, { input: null });
    const args = { flowRunId: run.flowRunId, idempotencyKey: "once" };
    await resume(ctx, args);
    for (const input of [undefined, null, {}]) {
      expect(await resume(ctx, { ...args, input })).toBe(run.flowRunId);
    }
    await expect(resume(ctx, { ...args, input: { a: 1 } })).rejects.toMatchObject({
      issues: [{ path: ["idempotencyKey"] }],
    });
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
