import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AlreadyExistsError, InvalidInputError, NotFoundError } from "../../../core/error.ts";
import { processVariables } from "../../../core/work-pool/process-variables.ts";
import { runDeployment } from "../../../server/deployment/run-deployment.ts";
import { stopRunner } from "../../../server/runner/stop-runner.ts";
import { deleteWorkPool, deleteWorkQueue } from "../../../server/work-pool/delete-work-pool.ts";
import {
  pauseWork,
  setWorkPoolPaused,
  setWorkQueuePaused,
} from "../../../server/work-pool/set-work-pool-paused.ts";
import { tellWorkStatuses } from "../../../server/work-pool/tell-statuses.ts";
import { updateWorkPool } from "../../../server/work-pool/update-work-pool.ts";
import { updateWorkQueue } from "../../../server/work-pool/update-work-queue.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { eventsAbout, lastEvent } from "../../support/events.ts";
import { inPool, pool, queue, worker } from "../../support/work-pools.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

/** The last parts of the names of what was told of itself. */
async function told(kind: "work-pool" | "work-queue", id: string): Promise<string[]> {
  const resource = `prefect.${kind}.${id}`;
  return (await eventsAbout(ctx, resource))
    .filter((event) => event.resource["prefect.resource.id"] === resource)
    .map(({ event }) => event.replace(`prefect.${kind}.`, ""));
}

async function issuesOf(work: Promise<unknown>): Promise<{ path: string[]; message: string }[]> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(error instanceof InvalidInputError)) throw error;
  return error.issues;
}

describe("inputs 6.7: pools", () => {
  it("are made with a queue `default` of priority 1, and both tell of it", async () => {
    const { id, name, queueId } = await pool(ctx, { description: "for nights" });
    expect(
      await ctx.prisma.workPool.findUniqueOrThrow({ where: { id }, include: { queues: true } }),
    ).toMatchObject({
      type: "process",
      description: "for nights",
      paused: false,
      concurrencyLimit: null,
      variablesSchema: processVariables,
      queues: [{ id: queueId, name: "default", priority: 1 }],
    });
    expect(await lastEvent(ctx, `prefect.work-pool.${id}`, "prefect.work-pool.created")).toMatchObject({
      resource: { "prefect.resource.name": name, "prefect.work-pool.type": "process" },
      related: [],
    });
    expect(await lastEvent(ctx, `prefect.work-queue.${queueId}`)).toMatchObject({
      event: "prefect.work-queue.created",
      resource: { "prefect.resource.name": "default" },
      related: [
        {
          "prefect.resource.id": `prefect.work-pool.${id}`,
          "prefect.resource.role": "work-pool",
          "prefect.resource.name": name,
        },
      ],
    });
  });

  it("say everything that is wrong with them at once", async () => {
    const given = {
      name: "a/b",
      type: "docker",
      concurrencyLimit: -1,
      variablesSchema: { type: "nonsense" },
    };
    const issues = await issuesOf(pool(ctx, given));
    expect(issues.map(({ path }) => path.join("."))).toEqual([
      "pool.name",
      "pool.type",
      "pool.concurrencyLimit",
      "pool.variablesSchema.type",
    ]);
  });

  it.each([[[1]], ["x"], [5]])("%j is no schema of job variables", async (variablesSchema) => {
    expect(await issuesOf(pool(ctx, { variablesSchema }))).toEqual([
      {
        path: ["pool", "variablesSchema"],
        message: expect.stringContaining("a JSON Schema is an object, or true or false; this is "),
      },
    ]);
  });

  it("a taken name is refused, of two at once too", async () => {
    const name = randomUUID();
    const made = await Promise.allSettled([pool(ctx, { name }), pool(ctx, { name })]);
    expect(made.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(pool(ctx, { name })).rejects.toThrow(AlreadyExistsError);
  });

  it("a change names the fields that are others, and an equal one says nothing", async () => {
    const { id } = await pool(ctx);
    await updateWorkPool(ctx, { id, change: { concurrencyLimit: 3, description: null } });
    await updateWorkPool(ctx, { id, change: { concurrencyLimit: 3 } });
    expect(await told("work-pool", id)).toEqual(["created", "updated"]);
    expect((await lastEvent(ctx, `prefect.work-pool.${id}`, "prefect.work-pool.updated")).payload).toEqual({
      changed: ["concurrencyLimit"],
    });
  });

  it("a queue comes behind the others unless it says where", async () => {
    const { name } = await pool(ctx);
    const second = await queue(ctx, name, "second");
    const first = await queue(ctx, name, "first", { priority: 1 });
    await updateWorkQueue(ctx, { id: first, change: { concurrencyLimit: 2 } });
    const rows = await ctx.prisma.workQueue.findMany({
      where: { id: { in: [first, second] } },
      orderBy: { name: "asc" },
    });
    expect(rows).toMatchObject([
      { name: "first", priority: 1, concurrencyLimit: 2 },
      { name: "second", priority: 2 },
    ]);
    await expect(queue(ctx, name, "first")).rejects.toThrow(AlreadyExistsError);
    expect(await issuesOf(queue(ctx, randomUUID(), "x"))).toMatchObject([{ path: ["queue", "workPool"] }]);
  });

  it("one that has deployments is not deleted, and they are named", async () => {
    const { id, name, queueId } = await pool(ctx);
    await inPool(ctx, name, { flowName: "etl-of-pool" });
    expect((await issuesOf(deleteWorkPool(ctx, { id })))[0]?.message).toContain('"etl-of-pool/main"');
    expect((await issuesOf(deleteWorkQueue(ctx, { id: queueId })))[0]?.message).toContain("delete the pool");
  });

  it("one without is deleted with its queues and its workers, and tells of it", async () => {
    const { id, name, queueId } = await pool(ctx);
    const { id: runnerId } = await worker(ctx, name);
    expect(await deleteWorkPool(ctx, { id })).toEqual([id]);
    expect(await deleteWorkPool(ctx, { id })).toEqual([]);
    expect((await told("work-pool", id)).at(-1)).toBe("deleted");
    expect((await told("work-queue", queueId)).at(-1)).toBe("deleted");
    expect(await ctx.prisma.runner.findUnique({ where: { id: runnerId } })).toBeNull();
  });

  it("what waits in a deleted queue goes to the default one", async () => {
    const { name, queueId } = await pool(ctx);
    const id = await queue(ctx, name, "gone");
    const run = await runDeployment(ctx, { deployment: await inPool(ctx, name), workQueue: "gone" });
    expect(await deleteWorkQueue(ctx, { id })).toEqual([id]);
    expect(await ctx.prisma.flowRun.findUniqueOrThrow({ where: { id: run } })).toMatchObject({
      workQueueId: queueId,
    });
  });
});

describe("inputs 6.7: statuses", () => {
  it("a pool and its queues are READY when a worker comes, and NOT_READY when the last one leaves; each change is one event", async () => {
    const { id, name, queueId } = await pool(ctx);
    const first = await worker(ctx, name);
    const second = await worker(ctx, name);
    await tellWorkStatuses(ctx);
    expect(await told("work-pool", id)).toEqual(["created", "ready"]);
    await stopRunner(ctx, { id: first.id, pauseTriggers: true });
    expect(await told("work-queue", queueId)).toEqual(["created", "ready"]);
    await stopRunner(ctx, { id: second.id, pauseTriggers: true });
    expect(await told("work-pool", id)).toEqual(["created", "ready", "not-ready"]);
    expect(await told("work-queue", queueId)).toEqual(["created", "ready", "not-ready"]);
  });

  it("60 s after the last sign of life they are NOT_READY, told once however many servers look", async () => {
    const { id, name, queueId } = await pool(ctx);
    await worker(ctx, name);
    await ctx.db.query(
      sql`UPDATE runner SET heartbeat_at = now() - interval '61 seconds' WHERE work_pool_id = ${id}::uuid`,
    );
    await ctx.db.query(
      sql`UPDATE work_queue SET polled_at = now() - interval '61 seconds' WHERE id = ${queueId}::uuid`,
    );
    await Promise.all([tellWorkStatuses(ctx), tellWorkStatuses(ctx), tellWorkStatuses(ctx)]);
    expect(await told("work-pool", id)).toEqual(["created", "ready", "not-ready"]);
    expect(await told("work-queue", queueId)).toEqual(["created", "ready", "not-ready"]);
  });

  it("only the queues that a worker takes runs of are READY", async () => {
    const { name, queueId } = await pool(ctx);
    const mine = await queue(ctx, name, "mine");
    await worker(ctx, name, ["mine"]);
    expect(await told("work-queue", mine)).toEqual(["created", "ready"]);
    expect(await told("work-queue", queueId)).toEqual(["created"]);
  });

  it("paused is PAUSED whoever is there; resumed is READY where a worker is online, else NOT_READY", async () => {
    const { id, name, queueId } = await pool(ctx);
    await pauseWork(ctx, setWorkPoolPaused, { id, paused: true });
    await pauseWork(ctx, setWorkPoolPaused, { id, paused: true });
    await pauseWork(ctx, setWorkPoolPaused, { id, paused: false });
    const { id: runnerId } = await worker(ctx, name);
    await pauseWork(ctx, setWorkPoolPaused, { id, paused: true });
    await pauseWork(ctx, setWorkPoolPaused, { id, paused: false });
    expect(await told("work-pool", id)).toEqual([
      "created",
      "paused",
      "not-ready",
      "ready",
      "paused",
      "ready",
    ]);
    await pauseWork(ctx, setWorkQueuePaused, { id: queueId, paused: true });
    await stopRunner(ctx, { id: runnerId, pauseTriggers: false });
    await pauseWork(ctx, setWorkQueuePaused, { id: queueId, paused: false });
    expect(await told("work-queue", queueId)).toEqual(["created", "ready", "paused", "not-ready"]);
  });

  it("what is not there cannot be paused", async () => {
    await expect(pauseWork(ctx, setWorkPoolPaused, { id: randomUUID(), paused: true })).rejects.toThrow(
      NotFoundError,
    );
    await expect(pauseWork(ctx, setWorkQueuePaused, { id: "x", paused: true })).rejects.toThrow(
      NotFoundError,
    );
  });
});

describe("workers", () => {
  it("of a pool or a queue that is not there are refused with what is", async () => {
    const { name } = await pool(ctx);
    expect(await issuesOf(worker(ctx, "nowhere"))).toMatchObject([{ path: ["runner", "workPool"] }]);
    expect(await issuesOf(worker(ctx, name, ["nope"]))).toEqual([
      {
        path: ["runner", "workQueues"],
        message: `work pool ${JSON.stringify(name)} has no queue "nope", but "default"`,
      },
    ]);
  });
});
