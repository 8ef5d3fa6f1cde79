import sql from "sql-template-tag";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { runDeployment, scheduleRun } from "../../../server/deployment/run-deployment.ts";
import { appendEvents } from "../../../server/event/append-events.ts";
import { beginFlowRun } from "../../../server/flow-run/begin-flow-run.ts";
import { cancel } from "../../../server/flow-run/cancel.ts";
import { announceNewRun } from "../../../server/flow-run/create-flow-run.ts";
import { reportExit } from "../../../server/flow-run/report-exit.ts";
import { retry } from "../../../server/flow-run/retry.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { startExecution } from "../../../server/flow-run/start-execution.ts";
import { suspend } from "../../../server/flow-run/suspend.ts";
import { resume } from "../../../server/pause/resume.ts";
import { claimFlowRuns } from "../../../server/runner/claim-flow-runs.ts";
import { endOverdueLeases } from "../../../server/worker/overdue-leases.ts";
import { ask as askApi, at } from "../../support/ask.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { stateEvents } from "../../support/events.ts";
import { askFor, calledRun, claim, scheduledRun, servedRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

/** Insists that each state of the run has one event, with its id, in the order of the states; their names. */
async function names(flowRunId: string): Promise<string[]> {
  const states = await ctx.prisma.flowRunState.findMany({
    where: { flowRunId },
    orderBy: { timestamp: "asc" },
  });
  const events = await stateEvents(ctx, flowRunId);
  expect(events.map(({ id }) => id)).toEqual(states.map(({ id }) => id));
  expect(events.map(({ occurred }) => occurred)).toEqual(states.map(({ timestamp }) => timestamp));
  expect(events.map(({ event }) => event)).toEqual(states.map(({ name }) => `prefect.flow-run.${name}`));
  return states.map(({ name }) => name);
}

describe("inputs 5.4: each state that a run enters is an event", () => {
  it("inputs 73: Pending to Running: id, follows, labels, what it is related to, payload", async () => {
    const { id: deploymentId } = await registerDeployment(ctx, {
      deployment: { flowName: "case-73", name: "main", tags: ["weather"] },
    });
    const id = await runDeployment(ctx, { deployment: deploymentId, name: "first", tags: ["b", "a"] });
    const { flowId } = await ctx.prisma.flowRun.findUniqueOrThrow({ where: { id } });
    const [claimed] = await claimFlowRuns(ctx, { runnerId: v7(), deploymentIds: [deploymentId], limit: 10 });
    if (claimed?.flowRunId !== id) throw new Error("another run was claimed");
    await startExecution(ctx, claimed);
    const states = await ctx.prisma.flowRunState.findMany({
      where: { flowRunId: id },
      orderBy: { timestamp: "asc" },
    });
    const [, pending, running] = states;
    const event = (await stateEvents(ctx, id)).at(-1);
    expect(event).toEqual({
      id: running?.id,
      position: expect.any(Number),
      occurred: running?.timestamp,
      received: expect.any(Date),
      event: "prefect.flow-run.Running",
      resource: {
        "prefect.resource.id": `prefect.flow-run.${id}`,
        "prefect.resource.name": "first",
        "prefect.run-count": "1",
        "prefect.state-message": "",
        "prefect.state-name": "Running",
        "prefect.state-timestamp": running?.timestamp.toISOString(),
        "prefect.state-type": "RUNNING",
      },
      related: [
        related(`prefect.flow.${flowId}`, "flow", "case-73"),
        related(`prefect.deployment.${deploymentId}`, "deployment", "main"),
        related("prefect.tag.a", "tag"),
        related("prefect.tag.b", "tag"),
        related("prefect.tag.weather", "tag"),
        related(`prefect.deployment.${deploymentId}`, "creator", "main"),
      ],
      payload: {
        intended: { from: "PENDING", to: "RUNNING" },
        initial_state: { type: "PENDING", name: "Pending", message: null },
        validated_state: { type: "RUNNING", name: "Running", message: null },
      },
      follows: pending?.id,
      chain: [],
    });
  });

  it("of a called flow too, its first state included, and none for calling it again", async () => {
    const run = await calledRun(ctx, "told-called");
    await setFlowRunState(ctx, { ...run, state: { type: "COMPLETED" } });
    expect(await names(run.flowRunId)).toEqual(["Pending", "Running", "Completed"]);
    await expect(
      beginFlowRun(ctx, { run: { id: run.flowRunId, flowName: "told-called" } }),
    ).rejects.toMatchObject({ code: "FINISHED" });
    expect(await names(run.flowRunId)).toHaveLength(3);
  });

  it("through pause, suspension, loss, retry and cancellation", async () => {
    const run = await servedRun(ctx, "told-served");
    const { flowRunId } = run;
    await askFor(ctx, run);
    await resume(ctx, { flowRunId, input: { approved: true } });
    await suspend(ctx, { flowRunId });
    await resume(ctx, { flowRunId });
    await claim(ctx, "told-served");
    await ctx.db.query(
      sql`UPDATE flow_run SET lease_until = now() - interval '1 second' WHERE id = ${flowRunId}::uuid`,
    );
    await endOverdueLeases(ctx);
    const again = await claim(ctx, "told-served");
    if (!again) throw new Error("nothing to claim");
    await reportExit(ctx, { ...again, exitCode: 1, reason: "SHUTDOWN" });
    await cancel(ctx, { flowRunId });
    await retry(ctx, { flowRunId });
    expect(await names(flowRunId)).toEqual([
      "Scheduled",
      "Pending",
      "Running",
      "Paused",
      "Running",
      "Suspended",
      "Resuming",
      "Pending",
      "Scheduled",
      "Pending",
      "Scheduled",
      "Cancelled",
      "AwaitingRetry",
    ]);
    const cancelled = (await stateEvents(ctx, flowRunId)).at(-2);
    expect(cancelled?.payload.intended).toEqual({ from: "SCHEDULED", to: "CANCELLING" });
  });

  it("a custom name is the event's, and its message a label", async () => {
    const run = await calledRun(ctx, "told-custom");
    await setFlowRunState(ctx, {
      ...run,
      state: { type: "RUNNING", name: "Half done", message: 'said "so"\\' },
    });
    const event = (await stateEvents(ctx, run.flowRunId)).at(-1);
    expect(event?.event).toBe("prefect.flow-run.Half done");
    expect(event?.resource["prefect.state-message"]).toBe('said "so"\\');
  });

  it("does not follow a state that began five minutes before", async () => {
    const run = await calledRun(ctx, "told-slow");
    await ctx.db.query(
      sql`UPDATE flow_run SET state_timestamp = state_timestamp - interval '5 minutes' WHERE id = ${run.flowRunId}::uuid`,
    );
    await setFlowRunState(ctx, { ...run, state: { type: "COMPLETED" } });
    expect((await stateEvents(ctx, run.flowRunId)).map(({ follows }) => follows === null)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("names the run that started it, and passes on what led to that one", async () => {
    const automation = v7();
    const { id: deploymentId } = await registerDeployment(ctx, {
      deployment: { flowName: "told-chain", name: "main" },
    });
    const creator = { resource: `prefect.automation.${automation}`, name: "🚀 restart" };
    const args = { deployment: deploymentId, idempotencyKey: "firing-1" };
    const start = () =>
      ctx.db.transaction(async (tx) => {
        const started = await scheduleRun(tx, ctx, args, { creator, chain: [automation] });
        if (started.event !== null) tx.last(appendEvents([started.event]));
        return started;
      });
    const { id } = await start();
    announceNewRun(ctx, id);
    expect(await start()).toEqual({ id, event: null });
    const parent = await claim(ctx, "told-chain");
    if (!parent) throw new Error("nothing to claim");
    expect(await names(id)).toEqual(["Scheduled", "Pending"]);
    for (const { chain, related } of await stateEvents(ctx, id)) {
      expect(chain).toEqual([automation]);
      expect(related.at(-1)).toEqual(relatedTo(creator));
    }
    const child = await beginFlowRun(ctx, { run: { id: v7(), flowName: "told-child", parent } });
    const other = await runDeployment(ctx, { deployment: deploymentId, parent });
    const { name } = await ctx.prisma.flowRun.findUniqueOrThrow({ where: { id } });
    for (const flowRunId of [child.flowRunId, other]) {
      const [first] = await stateEvents(ctx, flowRunId);
      expect(first?.chain).toEqual([automation]);
      expect(first?.related.at(-1)).toEqual(relatedTo({ resource: `prefect.flow-run.${id}`, name }));
    }
    expect(await ctx.prisma.flowRun.findUniqueOrThrow({ where: { id: other } })).toMatchObject({
      createdBy: `prefect.flow-run.${id}`,
      createdByName: name,
    });
  });

  it("is found through the API by its run", async () => {
    const run = await calledRun(ctx, "told-api");
    const answer = await askApi(
      ctx,
      `query ($resource: LabelSpec) { events(filter: { resource: $resource }, ascending: true) {
        nodes { id event follows resource payload } } }`,
      { resource: { "prefect.resource.id": `prefect.flow-run.${run.flowRunId}` } },
    );
    const stored = await stateEvents(ctx, run.flowRunId);
    expect(at(answer, "events.nodes")).toEqual(
      stored.map(({ id, event, follows, resource, payload }) => ({ id, event, follows, resource, payload })),
    );
    expect(stored).toHaveLength(2);
  });

  it("wakes who reads the log", async () => {
    const wake = ctx.bus.wake("events");
    await scheduledRun(ctx, "told-wakes");
    expect(await wake.next()).toBe(true);
    wake.close();
  });
});

function related(id: string, role: string, name?: string) {
  return {
    "prefect.resource.id": id,
    "prefect.resource.role": role,
    ...(name === undefined ? {} : { "prefect.resource.name": name }),
  };
}

function relatedTo({ resource, name }: { resource: string; name: string }) {
  return related(resource, "creator", name);
}
