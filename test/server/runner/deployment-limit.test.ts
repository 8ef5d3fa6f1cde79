import sql from "sql-template-tag";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { cancel } from "../../../server/flow-run/cancel.ts";
import { deleteRun } from "../../../server/flow-run/delete-run.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { type Execution, startExecution } from "../../../server/flow-run/start-execution.ts";
import { ask } from "../../../server/pause/ask.ts";
import { resume } from "../../../server/pause/resume.ts";
import { claimFlowRuns } from "../../../server/runner/claim-flow-runs.ts";
import { claimableFlowRuns } from "../../../server/runner/claimable-flow-runs.ts";
import { endOverdueLeases } from "../../../server/worker/overdue-leases.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { stateEvents } from "../../support/events.ts";
import { question, readRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

interface Limits {
  concurrencyLimit?: number;
  collisionStrategy?: "ENQUEUE" | "CANCEL_NEW";
}

let flows = 0;
async function deployment(limits: Limits): Promise<{ id: string; flowName: string }> {
  flows += 1;
  const flowName = `limited ${flows}`;
  const { id } = await registerDeployment(ctx, { deployment: { flowName, name: "main", ...limits } });
  return { id, flowName };
}

/** So many runs, each due before the next. */
async function runs(deploymentId: string, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const scheduledTime = new Date(Date.now() - (count - index) * 1000);
    ids.push(await runDeployment(ctx, { deployment: deploymentId, scheduledTime }));
  }
  return ids;
}

const claim = (deploymentIds: string[], limit = 10) =>
  claimFlowRuns(ctx, { runnerId: v7(), deploymentIds, limit });
const idsOf = (claimed: Execution[]) => claimed.map(({ flowRunId }) => flowRunId);
const stateNames = (ids: string[]) => Promise.all(ids.map(async (id) => (await readRun(ctx, id)).stateName));
const end = async (execution: Execution | undefined, type: "COMPLETED" | "FAILED" = "COMPLETED") => {
  if (execution === undefined) throw new Error("nothing was claimed");
  await startExecution(ctx, execution);
  await setFlowRunState(ctx, { ...execution, state: { type } });
};

describe("inputs 5.2 rule 6: ENQUEUE", () => {
  it("begins as many as the limit allows; the others wait for a slot and begin oldest first", async () => {
    const { id } = await deployment({ concurrencyLimit: 2 });
    const ids = await runs(id, 5);
    const first = await claim([id]);
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    expect(await stateNames(ids.slice(2))).toEqual(Array(3).fill("AwaitingConcurrencySlot"));
    expect(await claim([id])).toEqual([]);
    await end(first[1]);
    const second = await claim([id]);
    expect(idsOf(second)).toEqual([ids[2]]);
    await end(first[0], "FAILED");
    expect(idsOf(await claim([id]))).toEqual([ids[3]]);
  });

  it("says once that a run waits, in an event that names what was intended", async () => {
    const { id } = await deployment({ concurrencyLimit: 1 });
    const [, waiting = ""] = await runs(id, 2);
    await claim([id]);
    await claim([id]);
    await claim([id]);
    const events = await stateEvents(ctx, waiting);
    expect(events.map(({ event }) => event)).toEqual([
      "prefect.flow-run.Scheduled",
      "prefect.flow-run.AwaitingConcurrencySlot",
    ]);
    expect(events[1]).toMatchObject({
      payload: { intended: { from: "SCHEDULED", to: "PENDING" } },
      resource: {
        "prefect.state-message": "The deployment has 1 run under way, the most it may have at once",
      },
    });
  });

  it("a full deployment takes no place from another one", async () => {
    const limited = await deployment({ concurrencyLimit: 1 });
    const free = await deployment({});
    const [first] = await runs(limited.id, 5);
    const others = await runs(free.id, 2);
    expect(idsOf(await claim([limited.id, free.id], 3))).toEqual([first, ...others]);
    const more = await runs(free.id, 2);
    expect(idsOf(await claim([limited.id, free.id], 2))).toEqual(more);
  });

  it("two runners that claim at once never pass the limit, whichever runs they see", async () => {
    const { id } = await deployment({ concurrencyLimit: 3 });
    await runs(id, 12);
    const claimed = await Promise.all(Array.from({ length: 8 }, () => claim([id], 2)));
    expect(claimed.flat()).toHaveLength(3);
    await Promise.all(claimed.flat().map((execution) => end(execution)));
    const again = await Promise.all(Array.from({ length: 8 }, () => claim([id], 2)));
    expect(again.flat()).toHaveLength(3);
  });

  it("among many runners that begin and end runs as they can never more are under way, and all of them end", async () => {
    const { id } = await deployment({ concurrencyLimit: 3 });
    await runs(id, 30);
    let most = 0;
    let ended = 0;
    async function runner(): Promise<void> {
      while (ended < 30) {
        const claimed = await claim([id], 2);
        const [held] = await ctx.db.query<{ runs: number }>(sql`
          SELECT count(*) AS runs FROM flow_run WHERE deployment_id = ${id}::uuid AND lease_until IS NOT NULL`);
        most = Math.max(most, held?.runs ?? 0);
        for (const execution of claimed) await end(execution);
        ended += claimed.length;
      }
    }
    await Promise.all(Array.from({ length: 6 }, runner));
    expect(most).toBe(3);
    const states = await ctx.prisma.flowRun.groupBy({
      by: ["stateName"],
      where: { deploymentId: id },
      _count: true,
    });
    expect(states).toEqual([{ stateName: "Completed", _count: 30 }]);
  });

  it("a paused run keeps its slot, a suspended one gives it back and needs one again to go on", async () => {
    const { id } = await deployment({ concurrencyLimit: 1 });
    const [first = "", second = ""] = await runs(id, 2);
    const [claimed] = await claim([id]);
    if (claimed === undefined) throw new Error("nothing was claimed");
    const run = await startExecution(ctx, claimed);
    await ask(ctx, { ...run, question: question() });
    expect(await claim([id])).toEqual([]);
    await resume(ctx, { flowRunId: first, input: { approved: true } });
    await ask(ctx, { ...run, question: question({ kind: "SUSPEND", key: "2" }) });
    const [other] = await claim([id]);
    expect(other?.flowRunId).toBe(second);
    await resume(ctx, { flowRunId: first, input: { approved: true } });
    expect(await claim([id])).toEqual([]);
    expect(await stateNames([first])).toEqual(["AwaitingConcurrencySlot"]);
    await end(other);
    expect(idsOf(await claim([id]))).toEqual([first]);
  });

  it("the slot of a process that is gone is free once its lease has run out", async () => {
    const { id } = await deployment({ concurrencyLimit: 1 });
    const [first = "", second] = await runs(id, 2);
    const [claimed] = await claim([id]);
    if (claimed === undefined) throw new Error("nothing was claimed");
    await startExecution(ctx, claimed);
    await ctx.prisma.flowRun.update({ where: { id: first }, data: { leaseUntil: new Date(0) } });
    expect(await claim([id])).toEqual([]);
    await endOverdueLeases(ctx);
    expect(await stateNames([first])).toEqual(["Crashed"]);
    expect(idsOf(await claim([id]))).toEqual([second]);
  });

  it("a higher limit, and none, let those begin that wait", async () => {
    const { id, flowName } = await deployment({ concurrencyLimit: 1 });
    const ids = await runs(id, 4);
    await claim([id]);
    await registerDeployment(ctx, { deployment: { flowName, name: "main", concurrencyLimit: 2 } });
    expect(idsOf(await claim([id]))).toEqual([ids[1]]);
    await registerDeployment(ctx, { deployment: { flowName, name: "main" } });
    expect(idsOf(await claim([id]))).toEqual(ids.slice(2));
  });

  it("one that waits can be cancelled", async () => {
    const { id } = await deployment({ concurrencyLimit: 1 });
    const [, waiting = ""] = await runs(id, 2);
    await claim([id]);
    await cancel(ctx, { flowRunId: waiting });
    expect(await stateNames([waiting])).toEqual(["Cancelled"]);
  });
});

describe("inputs 5.2 rule 6: CANCEL_NEW", () => {
  it("cancels what is beyond the limit, with the reason", async () => {
    const { id } = await deployment({ concurrencyLimit: 1, collisionStrategy: "CANCEL_NEW" });
    const [first, ...others] = await runs(id, 3);
    const claimed = await claim([id]);
    expect(idsOf(claimed)).toEqual([first]);
    expect(await stateNames(others)).toEqual(["Cancelled", "Cancelled"]);
    expect(await readRun(ctx, others[0] ?? "")).toMatchObject({
      stateMessage: "The deployment has 1 run under way, the most it may have at once",
      scheduledFor: null,
    });
    await end(claimed[0]);
    const [next] = await runs(id, 1);
    expect(idsOf(await claim([id]))).toEqual([next]);
  });
});

describe("inputs 5.2 rule 6: a slot that becomes free", () => {
  /** What a runner is told from here on. */
  async function listening(deploymentId: string) {
    const source = claimableFlowRuns(ctx, { deploymentIds: [deploymentId] });
    let position = (await source.open()).position;
    return async () => {
      const rows = await source.readAfter(position, 1);
      position = rows.at(-1)?.position ?? position;
      return rows.length > 0;
    };
  }

  it.each<[string, (claimed: Execution) => Promise<unknown>]>([
    ["a run ends", (claimed) => end(claimed)],
    [
      "a run is suspended",
      async (claimed) => {
        const run = await startExecution(ctx, claimed);
        await ask(ctx, { ...run, question: question({ kind: "SUSPEND" }) });
      },
    ],
    ["a run is deleted", (claimed) => deleteRun(ctx, claimed)],
    [
      "a process is lost",
      async (claimed) => {
        await startExecution(ctx, claimed);
        await ctx.prisma.flowRun.update({
          where: { id: claimed.flowRunId },
          data: { leaseUntil: new Date(0) },
        });
        await endOverdueLeases(ctx);
      },
    ],
  ])("rings for those that wait where %s", async (_what, free) => {
    const { id } = await deployment({ concurrencyLimit: 1 });
    await runs(id, 3);
    const rings = await listening(id);
    expect(await rings()).toBe(true);
    let [claimed] = await claim([id]);
    for (let time = 0; time < 2; time += 1) {
      if (claimed === undefined) throw new Error("nothing was claimed");
      expect(await rings()).toBe(false);
      const wake = ctx.bus.wake("claimable");
      await free(claimed);
      expect(await wake.next()).toBe(true);
      wake.close();
      expect(await rings()).toBe(true);
      [claimed] = await claim([id]);
    }
  });
});

describe("inputs 71: a run that was cancelled before", () => {
  it("is given to no runner", async () => {
    const { id } = await deployment({});
    const [cancelled = "", other] = await runs(id, 2);
    await cancel(ctx, { flowRunId: cancelled });
    expect(idsOf(await claim([id]))).toEqual([other]);
  });
});
