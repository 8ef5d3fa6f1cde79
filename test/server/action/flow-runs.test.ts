import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { sendInput } from "../../../server/run-input/send-input.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { stateEvents } from "../../support/events.ts";
import { actionEvents, type Fired, onRun, storedAction, toldOf } from "../../support/fired.ts";
import { askFor, calledRun, readRun, scheduledRun, servedRun, stateOf } from "../../support/runs.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const stored = async ({ runs }: Fired) => storedAction(ctx, runs[0]);

const end = (run: { flowRunId: string; execution: number }, type: "COMPLETED" | "FAILED") =>
  setFlowRunState(ctx, { ...run, state: { type } });

describe("actions 1.4: cancelling", () => {
  it("tells of the state first, then of the action, and of the run as its target", async () => {
    const { flowRunId } = await calledRun(ctx);
    const before = await readRun(ctx, flowRunId);
    const { automationId, runs } = await onRun(ctx, flowRunId, { type: "cancel-flow-run" });
    const cancelling = (await stateEvents(ctx, flowRunId)).at(-1);
    expect(cancelling).toMatchObject({
      event: "prefect.flow-run.Cancelling",
      chain: [automationId],
      follows: before.stateId,
    });
    const [begun, executed] = await actionEvents(ctx, runs[0]);
    expect(begun?.position).toBe((cancelling?.position ?? 0) + 1);
    expect(executed?.position).toBe((cancelling?.position ?? 0) + 2);
    expect(executed?.related[0]).toMatchObject({
      "prefect.resource.id": `prefect.flow-run.${flowRunId}`,
      "prefect.resource.role": "target",
      "prefect.resource.name": before.name,
    });
  });

  it("2.3: what is cancelled already counts as done, and no state is written", async () => {
    const { flowRunId } = await calledRun(ctx);
    await onRun(ctx, flowRunId, { type: "cancel-flow-run" });
    const events = (await stateEvents(ctx, flowRunId)).length;
    const again = await onRun(ctx, flowRunId, { type: "cancel-flow-run" });
    expect(await stored(again)).toMatchObject({ status: "SUCCEEDED", result: { already: true } });
    expect(await stateEvents(ctx, flowRunId)).toHaveLength(events);
  });

  it("1.4: what has ended otherwise is a failure with the rule's reason", async () => {
    const run = await calledRun(ctx);
    await end(run, "COMPLETED");
    const done = await onRun(ctx, run.flowRunId, { type: "cancel-flow-run" });
    expect(await stored(done)).toMatchObject({
      status: "FAILED",
      error: `Failed to set state: flow run ${run.flowRunId} has ended as Completed`,
    });
  });

  it("13: what the run does from then on belongs to the chain of the automation", async () => {
    const { flowRunId } = await servedRun(ctx, `flow ${randomUUID()}`);
    const { automationId } = await onRun(ctx, flowRunId, { type: "suspend-flow-run" });
    await onRun(ctx, flowRunId, { type: "resume-flow-run" });
    expect((await readRun(ctx, flowRunId)).chain).toEqual([automationId]);
  });
});

describe("actions 1.2: changing the state", () => {
  it("actions 11: the run has exactly this type, name and message", async () => {
    const { flowRunId } = await calledRun(ctx);
    await onRun(ctx, flowRunId, {
      type: "change-flow-run-state",
      state: "FAILED",
      name: "Given up",
      message: "too long",
    });
    expect(await stateOf(ctx, flowRunId)).toEqual(["FAILED", "Given up", "too long"]);
    expect((await stateEvents(ctx, flowRunId)).at(-1)?.event).toBe("prefect.flow-run.Given up");
  });

  it("actions 11: without a name and a message they are the type's and the automation's", async () => {
    const { flowRunId } = await calledRun(ctx);
    const { automationId } = await onRun(ctx, flowRunId, { type: "change-flow-run-state", state: "CRASHED" });
    expect(await stateOf(ctx, flowRunId)).toEqual([
      "CRASHED",
      "Crashed",
      `State changed by Automation ${automationId}`,
    ]);
  });

  it("actions 12: what the rules refuse fails with their reason", async () => {
    const run = await calledRun(ctx);
    await end(run, "FAILED");
    const before = await readRun(ctx, run.flowRunId);
    const done = await onRun(ctx, run.flowRunId, { type: "change-flow-run-state", state: "COMPLETED" });
    expect(await stored(done)).toMatchObject({
      status: "FAILED",
      error: `Failed to set state: flow run ${run.flowRunId} is Failed: it has ended`,
      result: { status_code: 409 },
    });
    expect(await readRun(ctx, run.flowRunId)).toMatchObject({ stateId: before.stateId });
    expect((await actionEvents(ctx, done.runs[0])).at(-1)?.related[0]).toMatchObject({
      "prefect.resource.role": "target",
    });
  });

  it("actions 13: with force it is changed all the same", async () => {
    const run = await calledRun(ctx);
    await end(run, "FAILED");
    await onRun(ctx, run.flowRunId, { type: "change-flow-run-state", state: "RUNNING", force: true });
    expect((await stateOf(ctx, run.flowRunId)).slice(0, 2)).toEqual(["RUNNING", "Running"]);
  });

  it("a run that is to be cancelled and that no process has is Cancelled", async () => {
    const id = await scheduledRun(ctx, `flow ${randomUUID()}`);
    await onRun(ctx, id, { type: "change-flow-run-state", state: "CANCELLING", message: "enough" });
    expect(await stateOf(ctx, id)).toEqual(["CANCELLED", "Cancelled", "enough"]);
  });

  it("an ended run of a deployment that is Scheduled again is a new attempt", async () => {
    const run = await servedRun(ctx, `flow ${randomUUID()}`);
    await end(run, "FAILED");
    await onRun(ctx, run.flowRunId, { type: "change-flow-run-state", state: "SCHEDULED" });
    expect(await readRun(ctx, run.flowRunId)).toMatchObject({ stateType: "SCHEDULED", attempt: 2 });
  });

  it("a run that is Paused from outside can be resumed", async () => {
    const { flowRunId } = await calledRun(ctx);
    await onRun(ctx, flowRunId, { type: "change-flow-run-state", state: "PAUSED" });
    expect((await stateOf(ctx, flowRunId)).slice(0, 2)).toEqual(["PAUSED", "Paused"]);
    await onRun(ctx, flowRunId, { type: "resume-flow-run" });
    expect((await readRun(ctx, flowRunId)).stateType).toBe("RUNNING");
  });

  it("a wait that a state ends is over", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run);
    await onRun(ctx, run.flowRunId, { type: "change-flow-run-state", state: "FAILED" });
    const [wait] = await ctx.prisma.pause.findMany({ where: { flowRunId: run.flowRunId } });
    expect(wait?.status).toBe("ENDED");
  });

  it("2.3: the state that it has already is not written again", async () => {
    const { flowRunId } = await calledRun(ctx);
    const action = { type: "change-flow-run-state", state: "FAILED", message: "no" };
    await onRun(ctx, flowRunId, action);
    expect(await stored(await onRun(ctx, flowRunId, action))).toMatchObject({ result: { already: true } });
  });
});

describe("actions 1.2: deleting", () => {
  it("actions 17: the run goes with all that belongs to it; a second time there is none", async () => {
    const run = await calledRun(ctx);
    await sendInput(ctx, { flowRunId: run.flowRunId, value: "hello" });
    await askFor(ctx, run);
    const { name } = await readRun(ctx, run.flowRunId);
    const first = await onRun(ctx, run.flowRunId, { type: "delete-flow-run" });
    expect(await stored(first)).toMatchObject({ status: "SUCCEEDED", result: { status_code: 204 } });
    expect((await actionEvents(ctx, first.runs[0])).at(-1)?.related[0]).toMatchObject({
      "prefect.resource.name": name,
    });
    const left = await Promise.all([
      ctx.prisma.flowRun.count({ where: { id: run.flowRunId } }),
      ctx.prisma.runInput.count({ where: { flowRunId: run.flowRunId } }),
      ctx.prisma.pause.count({ where: { flowRunId: run.flowRunId } }),
    ]);
    expect(left).toEqual([0, 0, 0]);
    const second = await onRun(ctx, run.flowRunId, { type: "delete-flow-run" });
    expect(await stored(second)).toMatchObject({ status: "FAILED", result: { status_code: 404 } });
    expect(await toldOf(ctx, second.runs[0])).toEqual(["triggered", "failed"]);
  });
});
