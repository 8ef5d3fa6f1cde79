import { randomUUID } from "node:crypto";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { lastEvent } from "../../support/events.ts";
import { acted, related, storedAction } from "../../support/fired.ts";
import { pool, worker } from "../../support/work-pools.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const poolOf = (id: string) => ctx.prisma.workPool.findUniqueOrThrow({ where: { id } });
const queueOf = (id: string) => ctx.prisma.workQueue.findUniqueOrThrow({ where: { id } });

describe("actions 7: pausing work pools and queues", () => {
  it("selected: it is paused, and its event belongs to the chain of the automation", async () => {
    const { id, name } = await pool(ctx);
    const { automationId, runs } = await acted(ctx, [{ type: "pause-work-pool", work_pool_id: id }]);
    expect(await poolOf(id)).toMatchObject({ paused: true, toldStatus: "PAUSED" });
    expect(await lastEvent(ctx, `prefect.work-pool.${id}`, "prefect.work-pool.paused")).toMatchObject({
      chain: [automationId],
    });
    expect(await storedAction(ctx, runs[0])).toMatchObject({ status: "SUCCEEDED" });
    await worker(ctx, name);
    await acted(ctx, [{ type: "resume-work-pool", work_pool_id: id }]);
    expect(await poolOf(id)).toMatchObject({ paused: false, toldStatus: "READY" });
  });

  it("inferred: what the event is about, or is related to; a resource that is none is passed over", async () => {
    const { id, queueId } = await pool(ctx);
    await acted(ctx, [{ type: "pause-work-pool", source: "inferred" }], {
      resource: { "prefect.resource.id": `prefect.work-pool.${id}` },
    });
    expect(await poolOf(id)).toMatchObject({ paused: true });
    await acted(ctx, [{ type: "pause-work-queue", source: "inferred" }], {
      related: [related("prefect.work-queue.nope"), related(`prefect.work-queue.${queueId}`)],
    });
    expect(await queueOf(queueId)).toMatchObject({ paused: true });
    await acted(ctx, [{ type: "resume-work-queue", work_queue_id: queueId }]);
    expect(await queueOf(queueId)).toMatchObject({ paused: false });
  });

  it.each([
    ["pause-work-pool", "No work pool could be inferred"],
    ["resume-work-queue", "No work queue could be inferred"],
  ])("%s with nothing to infer from fails: %s", async (type, reason) => {
    const { runs } = await acted(ctx, [{ type, source: "inferred" }], {
      related: [related(`oh.so.close.${v7()}`)],
    });
    expect(await storedAction(ctx, runs[0])).toMatchObject({
      status: "FAILED",
      error: expect.stringContaining(reason),
    });
  });

  it.each([
    ["pause-work-pool", "selected", "Work pool", "work-pool"],
    ["resume-work-pool", "inferred", "Work pool", "work-pool"],
    ["pause-work-queue", "inferred", "Work queue", "work-queue"],
    ["resume-work-queue", "selected", "Work queue", "work-queue"],
  ])("%s of one, %s, that is not there fails, and is named", async (type, source, thing, kind) => {
    const id = randomUUID();
    const selected = source === "selected" ? { [`${kind.replace("-", "_")}_id`]: id } : {};
    const { runs } = await acted(ctx, [{ type, source, ...selected }], {
      related: [related(`prefect.${kind}.${id}`)],
    });
    expect(await storedAction(ctx, runs[0])).toMatchObject({
      status: "FAILED",
      error: `${thing} ${id} not found`,
      result: { status_code: 404 },
    });
  });

  it("2.3: one that is paused already counts as done, without an event", async () => {
    const { id } = await pool(ctx);
    await acted(ctx, [{ type: "pause-work-pool", work_pool_id: id }]);
    const before = await lastEvent(ctx, `prefect.work-pool.${id}`, "prefect.work-pool.paused");
    const { runs } = await acted(ctx, [{ type: "pause-work-pool", work_pool_id: id }]);
    expect(await storedAction(ctx, runs[0])).toMatchObject({ result: { already: true } });
    expect(await lastEvent(ctx, `prefect.work-pool.${id}`, "prefect.work-pool.paused")).toEqual(before);
  });
});
