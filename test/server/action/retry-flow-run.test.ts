import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../core/json.ts";
import { runAction } from "../../../server/action/run-action.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { type Execution, startExecution } from "../../../server/flow-run/start-execution.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation } from "../../support/engine.ts";
import { stateEvents } from "../../support/events.ts";
import {
  acted,
  actionEvents,
  actionRunsOf,
  related,
  storedAction,
  toldOf,
  unexpected,
} from "../../support/fired.ts";
import { calledRun, claim, readRun, servedRun } from "../../support/runs.ts";
import { judgeAll } from "../../support/virtual-log.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

/** Lets an automation retry a run that its event is about. */
const retryOf = async (flowRunId: string, more: JsonObject = {}) => {
  const about = related(`prefect.flow-run.${flowRunId}`, "flow-run");
  const { runs, automationId } = await acted(ctx, [{ type: "retry-flow-run", ...more }], {
    related: [about],
  });
  return { automationId, actionRun: runs[0] ?? "", action: await storedAction(ctx, runs[0]) };
};

const fail = (run: Execution) => setFlowRunState(ctx, { ...run, state: { type: "FAILED" } });

async function failedRun(flowName = `flow ${randomUUID()}`): Promise<string> {
  const run = await servedRun(ctx, flowName);
  await fail(run);
  return run.flowRunId;
}

/** A runner takes the run of this flow that waits, and fails with it. */
async function failAgain(flowName: string): Promise<void> {
  const execution = await claim(ctx, flowName);
  if (execution === undefined) throw new Error("no run waits");
  await fail(await startExecution(ctx, execution));
}

describe("actions 1.2: retrying a run", () => {
  it("it is the same run, as a new attempt, and belongs to the chain of the automation", async () => {
    const id = await failedRun();
    const before = await readRun(ctx, id);
    const { automationId, action, actionRun } = await retryOf(id);
    expect(action).toMatchObject({ status: "SUCCEEDED", result: { status_code: 200 } });
    expect(await readRun(ctx, id)).toMatchObject({
      id,
      stateType: "SCHEDULED",
      stateName: "AwaitingRetry",
      stateMessage: `Run again by Automation ${automationId}`,
      attempt: 2,
      chain: [automationId],
    });
    const awaiting = (await stateEvents(ctx, id)).at(-1);
    expect(awaiting).toMatchObject({
      event: "prefect.flow-run.AwaitingRetry",
      chain: [automationId],
      follows: before.stateId,
    });
    const [begun, executed] = await actionEvents(ctx, actionRun);
    expect(begun?.position).toBe((awaiting?.position ?? 0) + 1);
    expect(executed?.related[0]).toMatchObject({
      "prefect.resource.id": `prefect.flow-run.${id}`,
      "prefect.resource.role": "target",
      "prefect.resource.name": before.name,
    });
  });

  it("a selected one, whatever the event is about", async () => {
    const [selected, other] = [await failedRun(), await failedRun()];
    await retryOf(other, { source: "selected", flow_run_id: selected });
    expect((await readRun(ctx, selected)).stateName).toBe("AwaitingRetry");
    expect((await readRun(ctx, other)).stateName).toBe("Failed");
  });

  it("one that has not ended is a failure, and goes on", async () => {
    const { flowRunId } = await servedRun(ctx, `flow ${randomUUID()}`);
    const before = await readRun(ctx, flowRunId);
    const { action, actionRun } = await retryOf(flowRunId);
    expect(action).toMatchObject({
      status: "FAILED",
      error: `Failed to retry flow run: flow run ${flowRunId} is Running; only an ended run can be run again`,
      result: { status_code: 409 },
    });
    expect((await readRun(ctx, flowRunId)).stateId).toBe(before.stateId);
    expect((await actionEvents(ctx, actionRun)).at(-1)?.related[0]).toMatchObject({
      "prefect.resource.role": "target",
    });
  });

  it("one that nothing could start again is a failure", async () => {
    const run = await calledRun(ctx);
    await fail(run);
    const { action } = await retryOf(run.flowRunId);
    expect(action).toMatchObject({
      status: "FAILED",
      error: `Failed to retry flow run: flow run ${run.flowRunId} has no deployment, so nothing could start it again`,
      result: { status_code: 409 },
    });
    expect((await readRun(ctx, run.flowRunId)).stateType).toBe("FAILED");
  });

  it("one that is gone is a failure", async () => {
    const id = randomUUID();
    const { action, actionRun } = await retryOf(id);
    expect(action).toMatchObject({
      status: "FAILED",
      error: `Failed to retry flow run: no flow run "${id}"`,
      result: { status_code: 404 },
    });
    expect(await toldOf(ctx, actionRun)).toEqual(["triggered", "failed"]);
  });

  it("2.3: what its action has begun anew already counts as done, also where it has ended since", async () => {
    const flowName = `flow ${randomUUID()}`;
    const id = await failedRun(flowName);
    const { actionRun } = await retryOf(id);
    await failAgain(flowName);
    const before = await readRun(ctx, id);
    await ctx.prisma.actionRun.update({
      where: { id: actionRun },
      data: { status: "PENDING", attemptsBefore: 1 },
    });
    await runAction(ctx, actionRun, unexpected);
    expect(await storedAction(ctx, actionRun)).toMatchObject({
      status: "SUCCEEDED",
      result: { already: true },
    });
    expect(await readRun(ctx, id)).toMatchObject({ stateId: before.stateId, attempt: 2 });
  });
});

describe("actions 2.5: retrying what fails again and again", () => {
  /** Lets a run fail, be retried and fail again until nobody retries it. Answers its attempts. */
  async function attempts(trigger: JsonObject): Promise<{ attempts: number; last: string | null }> {
    const flowName = `flow ${randomUUID()}`;
    const automationId = await automation(ctx, {
      name: `retry ${randomUUID()}`,
      trigger: {
        expect: ["prefect.flow-run.Failed"],
        match_related: { "prefect.resource.name": flowName },
        ...trigger,
      },
      actions: [{ type: "retry-flow-run" }],
    });
    const id = await failedRun(flowName);
    for (;;) {
      await judgeAll(ctx);
      const last = (await actionRunsOf(ctx, automationId)).at(-1);
      await runAction(ctx, last ?? "", unexpected);
      const run = await readRun(ctx, id);
      if (run.stateType === "FAILED")
        return { attempts: run.attempt, last: (await storedAction(ctx, last)).error };
      await failAgain(flowName);
    }
  }

  it("ends where the chain of causes gets too long", async () => {
    expect(await attempts({})).toEqual({ attempts: 9, last: "loop guard: depth" });
  });

  it("ends where the trigger says how often", async () => {
    expect(await attempts({ match: { "prefect.run-count": ["1", "2"] } })).toEqual({
      attempts: 3,
      last: null,
    });
  });
});
