import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { loseExecution } from "../../../server/flow-run/lose-execution.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { startExecution } from "../../../server/flow-run/start-execution.ts";
import { claimFlowRuns } from "../../../server/runner/claim-flow-runs.ts";
import { claimableFlowRuns } from "../../../server/runner/claimable-flow-runs.ts";
import {
  pauseWork,
  setWorkPoolPaused,
  setWorkQueuePaused,
} from "../../../server/work-pool/set-work-pool-paused.ts";
import { updateWorkPool } from "../../../server/work-pool/update-work-pool.ts";
import { markLateRuns } from "../../../server/worker/mark-late.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { stateEvents } from "../../support/events.ts";
import { inPool, pool, queue, worker } from "../../support/work-pools.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

async function runs(deployment: string, count: number, more: { workQueue?: string } = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made++) ids.push(await runDeployment(ctx, { deployment, ...more }));
  return ids;
}

const state = async (id: string) => (await ctx.prisma.flowRun.findUniqueOrThrow({ where: { id } })).stateName;

describe("inputs 6.7: who takes a pool's runs", () => {
  it("its workers, longest due first, and only as many as they ask for", async () => {
    const { name } = await pool(ctx);
    const made = await runs(await inPool(ctx, name), 3);
    const { claim } = await worker(ctx, name);
    expect(await claim(2)).toEqual(made.slice(0, 2));
    expect(await claim(2)).toEqual(made.slice(2));
    expect(await claim(2)).toEqual([]);
  });

  it("not workers of another pool, nor who would serve the deployment", async () => {
    const { name } = await pool(ctx);
    const deployment = await inPool(ctx, name);
    await runs(deployment, 1);
    const other = await worker(ctx, (await pool(ctx)).name);
    expect(await other.claim()).toEqual([]);
    expect(await claimFlowRuns(ctx, { runnerId: v7(), deploymentIds: [deployment], limit: 1 })).toEqual([]);
  });

  it("the queues of the highest priority first, whatever waits longer in others", async () => {
    const { name } = await pool(ctx);
    await queue(ctx, name, "slow", { priority: 3 });
    await queue(ctx, name, "soon", { priority: 2 });
    const deployment = await inPool(ctx, name);
    const [slow] = await runs(deployment, 1, { workQueue: "slow" });
    const [soon] = await runs(deployment, 1, { workQueue: "soon" });
    const [first] = await runs(deployment, 1);
    const { claim } = await worker(ctx, name);
    expect(await claim()).toEqual([first, soon, slow]);
  });

  it("a worker of named queues takes those of these only", async () => {
    const { name } = await pool(ctx);
    await queue(ctx, name, "mine");
    const deployment = await inPool(ctx, name);
    await runs(deployment, 1);
    const [mine] = await runs(deployment, 1, { workQueue: "mine" });
    const { claim } = await worker(ctx, name, ["mine"]);
    expect(await claim()).toEqual([mine]);
  });

  it("two workers never get the same run", async () => {
    const { name } = await pool(ctx);
    const made = await runs(await inPool(ctx, name), 20);
    const workers = await Promise.all(Array.from({ length: 5 }, () => worker(ctx, name)));
    const claimed = await Promise.all(workers.flatMap(({ claim }) => [claim(3), claim(3)]));
    expect(claimed.flat().length).toBe(new Set(claimed.flat()).size);
    const [last] = workers;
    expect([...claimed.flat(), ...((await last?.claim(20)) ?? [])].sort()).toEqual([...made].sort());
  });

  it("runs that wait go with a deployment that is deployed elsewhere, or served again", async () => {
    const from = await pool(ctx);
    const to = await pool(ctx);
    const flowName = randomUUID();
    const id = await inPool(ctx, from.name, { flowName });
    const [waiting] = await runs(id, 1);
    await inPool(ctx, to.name, { flowName });
    expect(await (await worker(ctx, from.name)).claim()).toEqual([]);
    expect(await ctx.prisma.flowRun.findUniqueOrThrow({ where: { id: waiting ?? "" } })).toMatchObject({
      workQueueId: to.queueId,
    });
    await registerDeployment(ctx, { deployment: { flowName, name: "main" } });
    expect(await (await worker(ctx, to.name)).claim()).toEqual([]);
    const served = await claimFlowRuns(ctx, { runnerId: v7(), deploymentIds: [id], limit: 1 });
    expect(served.map(({ flowRunId }) => flowRunId)).toEqual([waiting]);
  });
});

describe("inputs 6.7: limits", () => {
  it("many workers at once never take more than the pool and its queues may have", async () => {
    const { name, id } = await pool(ctx, { concurrencyLimit: 5 });
    await queue(ctx, name, "narrow", { priority: 1, concurrencyLimit: 2 });
    const deployment = await inPool(ctx, name);
    await runs(deployment, 10);
    await runs(deployment, 10, { workQueue: "narrow" });
    const workers = await Promise.all(Array.from({ length: 6 }, () => worker(ctx, name)));
    const claimed = (await Promise.all(workers.map(({ claim }) => claim(3)))).flat();
    expect(claimed).toHaveLength(5);
    const held = await ctx.db.query<{ name: string; count: number }>(sql`
      SELECT q.name, count(*) FROM flow_run r JOIN work_queue q ON q.id = r.work_queue_id
      WHERE q.work_pool_id = ${id}::uuid AND r.lease_until IS NOT NULL GROUP BY 1`);
    expect(held.find((one) => one.name === "narrow")?.count ?? 0).toBeLessThanOrEqual(2);
  });

  it("among workers that begin and end runs as they can never more are under way, and all of them end", async () => {
    const { name, id } = await pool(ctx, { concurrencyLimit: 3 });
    await queue(ctx, name, "narrow", { concurrencyLimit: 1 });
    const deployment = await inPool(ctx, name);
    const made = [...(await runs(deployment, 12)), ...(await runs(deployment, 6, { workQueue: "narrow" }))];
    const most = { pool: 0, narrow: 0 };
    const ended = new Set<string>();
    const work = async ({ executions }: Awaited<ReturnType<typeof worker>>) => {
      while (ended.size < made.length) {
        for (const claimed of await executions(2)) {
          const run = await startExecution(ctx, claimed);
          const [held] = await ctx.db.query<{ pool: number; narrow: number }>(sql`
            SELECT count(*) AS pool, count(*) FILTER (WHERE q.name = 'narrow') AS narrow FROM flow_run r
            JOIN work_queue q ON q.id = r.work_queue_id WHERE q.work_pool_id = ${id}::uuid AND r.lease_until IS NOT NULL`);
          most.pool = Math.max(most.pool, held?.pool ?? 0);
          most.narrow = Math.max(most.narrow, held?.narrow ?? 0);
          await setFlowRunState(ctx, { ...run, state: { type: "COMPLETED" } });
          expect(ended.has(run.flowRunId)).toBe(false);
          ended.add(run.flowRunId);
        }
      }
    };
    await Promise.all((await Promise.all(Array.from({ length: 4 }, () => worker(ctx, name)))).map(work));
    expect([...ended].sort()).toEqual([...made].sort());
    expect(most.pool).toBeLessThanOrEqual(3);
    expect(most.narrow).toBeLessThanOrEqual(1);
  });

  it("a run gives its slot back when its process ends, and not while it is paused", async () => {
    const { name } = await pool(ctx, { concurrencyLimit: 1 });
    const [first, second] = await runs(await inPool(ctx, name), 2);
    const { executions, claim } = await worker(ctx, name);
    const [claimed] = await executions(2);
    if (claimed === undefined) throw new Error("nothing was claimed");
    expect(claimed.flowRunId).toBe(first);
    const run = await startExecution(ctx, claimed);
    expect(await claim()).toEqual([]);
    await setFlowRunState(ctx, { ...run, state: { type: "COMPLETED" } });
    expect(await claim()).toEqual([second]);
  });

  it("a lower limit takes nothing away; 0 lets nothing begin", async () => {
    const { name, id } = await pool(ctx);
    const made = await runs(await inPool(ctx, name), 2);
    const { claim } = await worker(ctx, name);
    expect(await claim(1)).toEqual(made.slice(0, 1));
    await updateWorkPool(ctx, { id, change: { concurrencyLimit: 0 } });
    expect(await claim()).toEqual([]);
    await updateWorkPool(ctx, { id, change: { concurrencyLimit: null } });
    expect(await claim()).toEqual(made.slice(1));
  });
});

describe("inputs 6.7: a paused pool or queue", () => {
  it.each(["pool", "queue"] as const)(
    "runs of a paused %s stay Scheduled, are Late then, and begin when it is resumed",
    async (which) => {
      const { name, id, queueId } = await pool(ctx);
      const [set, target] =
        which === "pool" ? ([setWorkPoolPaused, id] as const) : ([setWorkQueuePaused, queueId] as const);
      await pauseWork(ctx, set, { id: target, paused: true });
      const [run = ""] = await runs(await inPool(ctx, name), 1);
      const { claim } = await worker(ctx, name);
      expect(await claim()).toEqual([]);
      expect(await state(run)).toBe("Scheduled");
      await ctx.db.query(
        sql`UPDATE flow_run SET scheduled_for = now() - interval '1 minute' WHERE id = ${run}::uuid`,
      );
      await markLateRuns(ctx);
      expect(await state(run)).toBe("Late");
      await pauseWork(ctx, set, { id: target, paused: false });
      expect(await claim()).toEqual([run]);
    },
  );
});

describe("inputs 5.4: what a pool's runs tell", () => {
  it("names the queue and the pool with its type, in this order, in every state", async () => {
    const { name, id, queueId } = await pool(ctx);
    const [run = ""] = await runs(await inPool(ctx, name, { tags: ["t"] }), 1);
    const { executions } = await worker(ctx, name);
    const [claimed] = await executions(1);
    if (claimed === undefined) throw new Error("nothing was claimed");
    await startExecution(ctx, claimed);
    for (const { related } of await stateEvents(ctx, run)) {
      expect(related.map((one) => one["prefect.resource.role"])).toEqual(
        expect.arrayContaining(["flow", "deployment", "work-queue", "work-pool", "tag"]),
      );
      expect(related.slice(2, 4)).toEqual([
        {
          "prefect.resource.id": `prefect.work-queue.${queueId}`,
          "prefect.resource.role": "work-queue",
          "prefect.resource.name": "default",
        },
        {
          "prefect.resource.id": `prefect.work-pool.${id}`,
          "prefect.resource.role": "work-pool",
          "prefect.resource.name": name,
          "prefect.work-pool.type": "process",
        },
      ]);
    }
    expect(await stateEvents(ctx, run)).toHaveLength(3);
  });

  it("a run whose worker is lost is Crashed, and its slot is free", async () => {
    const { name } = await pool(ctx, { concurrencyLimit: 1 });
    const [first = "", second] = await runs(await inPool(ctx, name), 2);
    const { executions, claim } = await worker(ctx, name);
    const [claimed] = await executions(1);
    if (claimed === undefined) throw new Error("nothing was claimed");
    const run = await startExecution(ctx, claimed);
    await loseExecution(ctx, { ...run, reason: "its worker was lost" });
    expect(await state(first)).toBe("Crashed");
    expect(await claim()).toEqual([second]);
  });
});

describe("the bell of a worker", () => {
  it("rings for runs of its pool, and again when what kept them from beginning is over", async () => {
    const { name, id } = await pool(ctx, { concurrencyLimit: 1 });
    const { id: runnerId, executions } = await worker(ctx, name);
    const bell = claimableFlowRuns(ctx, { runnerId });
    const rings = async () => (await bell.readAfter(0, 100)).length;
    expect(await rings()).toBe(0);
    await runs(await inPool(ctx, name), 2);
    expect([await rings(), await rings()]).toEqual([1, 0]);
    const [claimed] = await executions(2);
    if (claimed === undefined) throw new Error("nothing was claimed");
    expect(await rings()).toBe(0);
    const run = await startExecution(ctx, claimed);
    await setFlowRunState(ctx, { ...run, state: { type: "COMPLETED" } });
    expect(await rings()).toBe(1);
    await pauseWork(ctx, setWorkPoolPaused, { id, paused: true });
    expect(await rings()).toBe(0);
    await pauseWork(ctx, setWorkPoolPaused, { id, paused: false });
    expect(await rings()).toBe(1);
  });
});
