import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../core/json.ts";
import { runAction } from "../../../server/action/run-action.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { judgeAnswer } from "../../../server/pause/judge-answer.ts";
import { sendInput } from "../../../server/run-input/send-input.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { stateEvents } from "../../support/events.ts";
import {
  acted,
  actionEvents,
  type Fired,
  fired,
  related,
  storedAction,
  toldOf,
  unexpected,
} from "../../support/fired.ts";
import { askFor, calledRun, inputOf, readRun, scheduledRun, servedRun } from "../../support/runs.ts";
import { until } from "../../support/wire.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

/** Lets an automation act upon a run. */
const onRun = (flowRunId: string, action: JsonObject, payload: JsonObject = {}): Promise<Fired> =>
  acted(ctx, [action], { related: [related(`prefect.flow-run.${flowRunId}`, "flow-run")], payload });

const stored = async ({ runs }: Fired) => storedAction(ctx, runs[0]);

const state = async (id: string) => {
  const { stateType, stateName, stateMessage } = await readRun(ctx, id);
  return [stateType, stateName, stateMessage];
};

const end = (run: { flowRunId: string; execution: number }, type: "COMPLETED" | "FAILED") =>
  setFlowRunState(ctx, { ...run, state: { type } });

describe("actions 1.4: cancelling", () => {
  it("tells of the state first, then of the action, and of the run as its target", async () => {
    const { flowRunId } = await calledRun(ctx);
    const before = await readRun(ctx, flowRunId);
    const { automationId, runs } = await onRun(flowRunId, { type: "cancel-flow-run" });
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
    await onRun(flowRunId, { type: "cancel-flow-run" });
    const events = (await stateEvents(ctx, flowRunId)).length;
    const again = await onRun(flowRunId, { type: "cancel-flow-run" });
    expect(await stored(again)).toMatchObject({ status: "SUCCEEDED", result: { already: true } });
    expect(await stateEvents(ctx, flowRunId)).toHaveLength(events);
  });

  it("1.4: what has ended otherwise is a failure with the rule's reason", async () => {
    const run = await calledRun(ctx);
    await end(run, "COMPLETED");
    const done = await onRun(run.flowRunId, { type: "cancel-flow-run" });
    expect(await stored(done)).toMatchObject({
      status: "FAILED",
      error: `Failed to set state: flow run ${run.flowRunId} has ended as Completed`,
    });
  });

  it("13: what the run does from then on belongs to the chain of the automation", async () => {
    const { flowRunId } = await servedRun(ctx, `flow ${randomUUID()}`);
    const { automationId } = await onRun(flowRunId, { type: "suspend-flow-run" });
    await onRun(flowRunId, { type: "resume-flow-run" });
    expect((await readRun(ctx, flowRunId)).chain).toEqual([automationId]);
  });
});

describe("actions 1.4: suspending", () => {
  it("actions 14: a running run is Suspended, for an hour", async () => {
    const { flowRunId } = await servedRun(ctx, `flow ${randomUUID()}`);
    const { automationId } = await onRun(flowRunId, { type: "suspend-flow-run" });
    expect(await state(flowRunId)).toEqual([
      "PAUSED",
      "Suspended",
      `Suspended by Automation ${automationId}`,
    ]);
    const [wait] = await ctx.prisma.pause.findMany({ where: { flowRunId } });
    expect((wait?.expiresAt?.getTime() ?? 0) - (wait?.requestedAt.getTime() ?? 0)).toBe(3_600_000);
  });

  it("14: for as long as it says, and without an end where that is null", async () => {
    for (const [timeout, milliseconds] of [
      [60, 60_000],
      [null, null],
    ]) {
      const { flowRunId } = await servedRun(ctx, `flow ${randomUUID()}`);
      await onRun(flowRunId, { type: "suspend-flow-run", timeout: timeout ?? null });
      const [wait] = await ctx.prisma.pause.findMany({ where: { flowRunId } });
      const until = wait?.expiresAt ?? null;
      expect(until === null ? null : until.getTime() - (wait?.requestedAt.getTime() ?? 0)).toBe(milliseconds);
    }
  });

  it("a run that nothing could start again is not suspended", async () => {
    const { flowRunId } = await calledRun(ctx);
    const done = await onRun(flowRunId, { type: "suspend-flow-run" });
    expect(await stored(done)).toMatchObject({
      status: "FAILED",
      error: `Failed to set state: flow run ${flowRunId} has no deployment, so nothing could start it again`,
    });
    expect((await readRun(ctx, flowRunId)).stateType).toBe("RUNNING");
  });
});

describe("actions 1.4: resuming", () => {
  it("actions 15: a paused run goes on; the event has it as its target", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run, { schema: null });
    const { runs } = await onRun(run.flowRunId, { type: "resume-flow-run" });
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("RUNNING");
    const executed = (await actionEvents(ctx, runs[0])).at(-1);
    expect(executed).toMatchObject({
      event: "prefect.automation.action.executed",
      related: [{ "prefect.resource.role": "target" }, {}, {}],
    });
  });

  it("actions 16, inputs 72: a running run is a failure, and stays as it is", async () => {
    const { flowRunId } = await calledRun(ctx);
    const before = await readRun(ctx, flowRunId);
    const done = await onRun(flowRunId, { type: "resume-flow-run" });
    expect(await stored(done)).toMatchObject({
      status: "FAILED",
      error: `Failed to resume flow run: flow run ${flowRunId} is Running and waits for nothing`,
      result: { status_code: 409 },
    });
    expect((await readRun(ctx, flowRunId)).stateId).toBe(before.stateId);
  });

  it("1.4: with an input whose texts are templates, it is the answer", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run);
    const action = {
      type: "resume-flow-run",
      input: { approved: "{{ event.payload.ok }}", name: "by {{ event.payload.who }}" },
    };
    const done = await onRun(run.flowRunId, action, { ok: true, who: "Ann" });
    expect(await stored(done)).toMatchObject({ status: "SUCCEEDED" });
    expect((await inputOf(ctx, run.flowRunId, "paused-1-response"))?.value).toEqual({
      approved: true,
      name: "by Ann",
    });
  });

  it.each([
    ["none", {}],
    ["a wrong one", { input: { approved: "{{ event.payload.ok }}" } }],
  ])(
    "1.4: with %s where an input is asked for, it fails with what is wrong; the run waits on",
    async (_, more) => {
      const run = await calledRun(ctx);
      await askFor(ctx, run);
      const done = await onRun(run.flowRunId, { type: "resume-flow-run", ...more }, { ok: "maybe" });
      expect(await stored(done)).toMatchObject({
        status: "FAILED",
        error: expect.stringContaining("Failed to resume flow run: "),
        result: { status_code: 422, validation_error: [{ path: ["approved"] }] },
      });
      expect((await readRun(ctx, run.flowRunId)).stateType).toBe("PAUSED");
      expect(await inputOf(ctx, run.flowRunId, "paused-1-response")).toBeNull();
    },
  );

  it("1.4: past its deadline it fails, and the wait ends as its code said", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run, { schema: null, timeout: 60 });
    await ctx.db.query(
      sql`UPDATE pause SET expires_at = now() - interval '1 second' WHERE flow_run_id = ${run.flowRunId}::uuid`,
    );
    const done = await onRun(run.flowRunId, { type: "resume-flow-run" });
    expect(await stored(done)).toMatchObject({
      status: "FAILED",
      error: expect.stringContaining("was over at"),
    });
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("FAILED");
  });

  it("2.3: an answer that its action has given already is not given twice", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run, { schema: null });
    const done = await onRun(run.flowRunId, { type: "resume-flow-run" });
    const id = done.runs[0] ?? "";
    await ctx.prisma.actionRun.update({ where: { id }, data: { status: "PENDING", attemptsBefore: 1 } });
    await askFor(ctx, run, { schema: null, key: "2" });
    await runAction(ctx, id, unexpected);
    expect(await storedAction(ctx, id)).toMatchObject({ status: "SUCCEEDED", result: { already: true } });
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("PAUSED");
  });

  it.each([
    ["takes it", [], "SUCCEEDED", "RUNNING"],
    ["refuses it", [{ path: ["name"], message: "not him" }], "FAILED", "PAUSED"],
  ])("1.4: the process that waits is asked too, and %s", async (_, issues, status, stateType) => {
    const run = await calledRun(ctx);
    await askFor(ctx, run, { checks: true });
    await ctx.db.query(sql`
      INSERT INTO presence (id, flow_run_id, execution, server_id) VALUES (${randomUUID()}::uuid, ${run.flowRunId}::uuid, ${run.execution}, ${ctx.serverId}::uuid)`);
    const { runs } = await fired(ctx, [{ type: "resume-flow-run", input: { approved: true, name: "Bob" } }], {
      related: [related(`prefect.flow-run.${run.flowRunId}`, "flow-run")],
    });
    const acting = runAction(ctx, runs[0] ?? "", unexpected);
    const candidate = () => ctx.prisma.answerCandidate.findFirst({ where: { flowRunId: run.flowRunId } });
    await until("the process is asked", async () => (await candidate()) !== null);
    await judgeAnswer(ctx, { candidateId: (await candidate())?.id ?? "", issues });
    await acting;
    expect(await storedAction(ctx, runs[0])).toMatchObject({ status });
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe(stateType);
  });
});

describe("actions 1.2: changing the state", () => {
  it("actions 11: the run has exactly this type, name and message", async () => {
    const { flowRunId } = await calledRun(ctx);
    await onRun(flowRunId, {
      type: "change-flow-run-state",
      state: "FAILED",
      name: "Given up",
      message: "too long",
    });
    expect(await state(flowRunId)).toEqual(["FAILED", "Given up", "too long"]);
    expect((await stateEvents(ctx, flowRunId)).at(-1)?.event).toBe("prefect.flow-run.Given up");
  });

  it("actions 11: without a name and a message they are the type's and the automation's", async () => {
    const { flowRunId } = await calledRun(ctx);
    const { automationId } = await onRun(flowRunId, { type: "change-flow-run-state", state: "CRASHED" });
    expect(await state(flowRunId)).toEqual([
      "CRASHED",
      "Crashed",
      `State changed by Automation ${automationId}`,
    ]);
  });

  it("actions 12: what the rules refuse fails with their reason", async () => {
    const run = await calledRun(ctx);
    await end(run, "FAILED");
    const before = await readRun(ctx, run.flowRunId);
    const done = await onRun(run.flowRunId, { type: "change-flow-run-state", state: "COMPLETED" });
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
    await onRun(run.flowRunId, { type: "change-flow-run-state", state: "RUNNING", force: true });
    expect((await state(run.flowRunId)).slice(0, 2)).toEqual(["RUNNING", "Running"]);
  });

  it("a run that is to be cancelled and that no process has is Cancelled", async () => {
    const id = await scheduledRun(ctx, `flow ${randomUUID()}`);
    await onRun(id, { type: "change-flow-run-state", state: "CANCELLING", message: "enough" });
    expect(await state(id)).toEqual(["CANCELLED", "Cancelled", "enough"]);
  });

  it("an ended run of a deployment that is Scheduled again is a new attempt", async () => {
    const run = await servedRun(ctx, `flow ${randomUUID()}`);
    await end(run, "FAILED");
    await onRun(run.flowRunId, { type: "change-flow-run-state", state: "SCHEDULED" });
    expect(await readRun(ctx, run.flowRunId)).toMatchObject({ stateType: "SCHEDULED", attempt: 2 });
  });

  it("a run that is Paused from outside can be resumed", async () => {
    const { flowRunId } = await calledRun(ctx);
    await onRun(flowRunId, { type: "change-flow-run-state", state: "PAUSED" });
    expect((await state(flowRunId)).slice(0, 2)).toEqual(["PAUSED", "Paused"]);
    await onRun(flowRunId, { type: "resume-flow-run" });
    expect((await readRun(ctx, flowRunId)).stateType).toBe("RUNNING");
  });

  it("a wait that a state ends is over", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run);
    await onRun(run.flowRunId, { type: "change-flow-run-state", state: "FAILED" });
    const [wait] = await ctx.prisma.pause.findMany({ where: { flowRunId: run.flowRunId } });
    expect(wait?.status).toBe("ENDED");
  });

  it("2.3: the state that it has already is not written again", async () => {
    const { flowRunId } = await calledRun(ctx);
    const action = { type: "change-flow-run-state", state: "FAILED", message: "no" };
    await onRun(flowRunId, action);
    expect(await stored(await onRun(flowRunId, action))).toMatchObject({ result: { already: true } });
  });
});

describe("actions 1.2: deleting", () => {
  it("actions 17: the run goes with all that belongs to it; a second time there is none", async () => {
    const run = await calledRun(ctx);
    await sendInput(ctx, { flowRunId: run.flowRunId, value: "hello" });
    await askFor(ctx, run);
    const { name } = await readRun(ctx, run.flowRunId);
    const first = await onRun(run.flowRunId, { type: "delete-flow-run" });
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
    const second = await onRun(run.flowRunId, { type: "delete-flow-run" });
    expect(await stored(second)).toMatchObject({ status: "FAILED", result: { status_code: 404 } });
    expect(await toldOf(ctx, second.runs[0])).toEqual(["triggered", "failed"]);
  });
});
