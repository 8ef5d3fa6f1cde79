import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { ask } from "../../../server/pause/ask.ts";
import type { QuestionArgs } from "../../../server/pause/question.ts";
import { refuseAnswer } from "../../../server/pause/refuse-answer.ts";
import { resume } from "../../../server/pause/resume.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { askFor, calledRun, claim, inputOf, question, readRun, servedRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

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

  it("inputs 3: a process whose run was suspended is told so also when it asks again after the answer", async () => {
    const run = await servedRun(ctx, "asks-again");
    const suspension = question({ kind: "SUSPEND" });
    await ask(ctx, { ...run, question: suspension });
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    expect(await ask(ctx, { ...run, question: suspension })).toMatchObject({
      kind: "refused",
      code: "SUSPENDED",
    });
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
