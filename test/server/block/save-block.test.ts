import sql from "sql-template-tag";
import { v7 } from "uuid";
import { afterAll, beforeAll, expect, it } from "vitest";
import { saveBlock } from "../../../server/block/save-block.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import type { Execution } from "../../../server/flow-run/start-execution.ts";
import { claimInputs } from "../../../server/run-input/claim-inputs.ts";
import { findInputs } from "../../../server/run-input/find-inputs.ts";
import { receivePosition } from "../../../server/run-input/receive-position.ts";
import { sendInput } from "../../../server/run-input/send-input.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { calledRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const channel = { inputType: "number" };

/** A run whose code has claimed its only message. */
async function claimed() {
  const run = await calledRun(ctx);
  const consumer = v7();
  await sendInput(ctx, { flowRunId: run.flowRunId, value: 7 });
  const [input] = await claimInputs(ctx, { ...run, channel, consumer, limit: 1 });
  if (input === undefined) throw new Error("nothing was claimed");
  const finished = { ...run, consumer, delivered: [input.id] };
  return { run, input, finished, block: { type: "json", name: v7(), data: { value: 7 }, overwrite: true } };
}

/** The block's document, and how far the run's only message is. */
async function stored(run: Execution, name: string) {
  const block = await ctx.prisma.block.findUnique({ where: { type_name: { type: "json", name } } });
  const [input] = await findInputs(ctx.db, run.flowRunId, { limit: 1 });
  return [block?.data ?? null, input?.status];
}

it("the document and what it finishes are stored together, and once where the call comes twice", async () => {
  const { run, finished, block } = await claimed();
  const positions = [{ channel, name: "work", seq: 1 }];
  const id = await saveBlock(ctx, { ...block, finished: { ...finished, positions } });
  expect(await stored(run, block.name)).toEqual([{ value: 7 }, "DELIVERED"]);
  expect(await receivePosition(ctx, { ...run, channel, name: "work" })).toBe(1);
  expect(await saveBlock(ctx, { ...block, finished: { ...finished, positions } })).toBe(id);
});

it("a replaced execution saves nothing and finishes nothing", async () => {
  const { run, finished, block } = await claimed();
  await ctx.db.query(sql`UPDATE flow_run SET execution = execution + 1 WHERE id = ${run.flowRunId}::uuid`);
  await expect(saveBlock(ctx, { ...block, finished })).rejects.toMatchObject({ name: "StaleExecutionError" });
  expect(await stored(run, block.name)).toEqual([null, "PENDING"]);
});

it("of a run that has ended nothing is finished any more", async () => {
  const { run, finished, block } = await claimed();
  await setFlowRunState(ctx, { ...run, state: { type: "COMPLETED" } });
  await expect(saveBlock(ctx, { ...block, finished })).rejects.toMatchObject({ name: "StaleExecutionError" });
  expect(await stored(run, block.name)).toEqual([null, "PENDING"]);
});

it("a receiver that has lost its claim to another one saves nothing; what nobody else took is still its own", async () => {
  const { run, input, finished, block } = await claimed();
  await ctx.db.query(sql`UPDATE run_input SET claimed_until = now() - interval '1 second'`);
  const other = v7();
  await claimInputs(ctx, { ...run, channel, consumer: other, limit: 1 });
  await expect(saveBlock(ctx, { ...block, finished })).rejects.toMatchObject({
    name: "InvalidInputError",
    issues: [{ path: ["finished", "delivered", "0"], message: expect.stringContaining(input.id) }],
  });
  expect(await stored(run, block.name)).toEqual([null, "PENDING"]);
  await ctx.db.query(sql`UPDATE run_input SET claimed_until = now() - interval '1 second'`);
  await saveBlock(ctx, { ...block, finished: { ...finished, consumer: other } });
  expect(await stored(run, block.name)).toEqual([{ value: 7 }, "DELIVERED"]);
});

it("where the document is refused, or the server breaks before it commits, the input is not finished", async () => {
  const { run, finished, block } = await claimed();
  await saveBlock(ctx, { ...block, name: "taken" });
  const refused = saveBlock(ctx, { ...block, name: "taken", overwrite: false, finished });
  await expect(refused).rejects.toMatchObject({ name: "AlreadyExistsError" });
  const breaking = {
    ...ctx,
    db: {
      ...ctx.db,
      transaction: <T>(work: Parameters<typeof ctx.db.transaction<T>>[0]) =>
        ctx.db.transaction<T>(async (tx) => {
          await work(tx);
          throw new Error("the server is gone");
        }),
    },
  };
  await expect(saveBlock(breaking, { ...block, finished })).rejects.toThrow("the server is gone");
  expect(await stored(run, block.name)).toEqual([null, "PENDING"]);
  await saveBlock(ctx, { ...block, finished });
  expect(await stored(run, block.name)).toEqual([{ value: 7 }, "DELIVERED"]);
});

it("the run is not taken over between the look at its execution and the commit", async () => {
  const { run, finished, block } = await claimed();
  const order: string[] = [];
  let takeOver: Promise<unknown> = Promise.resolve();
  const slow = {
    ...ctx,
    db: {
      ...ctx.db,
      transaction: <T>(work: Parameters<typeof ctx.db.transaction<T>>[0]) =>
        ctx.db.transaction<T>(async (tx) => {
          const result = await work(tx);
          takeOver = ctx.db
            .query(sql`UPDATE flow_run SET execution = execution + 1 WHERE id = ${run.flowRunId}::uuid`)
            .then(() => order.push("taken over"));
          await new Promise((resolve) => setTimeout(resolve, 100));
          order.push("commits");
          return result;
        }),
    },
  };
  await saveBlock(slow, { ...block, finished });
  await takeOver;
  expect(order).toEqual(["commits", "taken over"]);
});

it("what is finished must be said in full", async () => {
  const { run, input, finished, block } = await claimed();
  const paths = async (wrong: object) => {
    const error = await saveBlock(ctx, { ...block, finished: { ...finished, ...wrong } }).catch((e) => e);
    return error.issues?.map(({ path }: { path: string[] }) => path.join("."));
  };
  expect(await paths({ execution: null, consumer: null })).toEqual(["finished.execution"]);
  expect(await paths({ consumer: "me" })).toEqual(["finished.consumer"]);
  expect(await paths({ positions: [{ channel, name: "", seq: 1 }] })).toEqual(["finished.positions.name"]);
  expect(await paths({ delivered: [input.id, v7()] })).toEqual(["finished.delivered.1"]);
  await expect(
    saveBlock(ctx, { ...block, finished: { ...finished, flowRunId: "no" } }),
  ).rejects.toMatchObject({
    name: "NotFoundError",
  });
  expect(await stored(run, block.name)).toEqual([null, "PENDING"]);
});

it("actions 7.1: a document is replaced in the revision that was read, and in no other one", async () => {
  const name = v7();
  const save = (value: number, ifRevision: number) =>
    saveBlock(ctx, { type: "json", name, data: { value }, ifRevision });
  const now = () => ctx.prisma.block.findUnique({ where: { type_name: { type: "json", name } } });

  await expect(save(1, 1)).rejects.toMatchObject({ name: "NotFoundError" });
  const id = await save(1, 0);
  expect(await now()).toMatchObject({ id, data: { value: 1 }, revision: 1 });
  await expect(save(2, 0)).rejects.toMatchObject({ name: "AlreadyExistsError" });
  expect(await save(2, 1)).toBe(id);
  await saveBlock(ctx, { type: "json", name, data: { value: 3 }, overwrite: true });
  await expect(save(4, 2)).rejects.toThrow("is at revision 3, not 2");
  await expect(save(4, -1)).rejects.toMatchObject({ issues: [{ path: ["ifRevision"] }] });
  expect(await now()).toMatchObject({ id, data: { value: 3 }, revision: 3 });
});

it("actions 7.1: a document may have 1 MiB, and no byte more", async () => {
  const name = v7();
  const save = (bytes: number) =>
    saveBlock(ctx, { type: "json", name, data: { value: "x".repeat(bytes - '{"value":""}'.length) } });
  await save(1024 ** 2);
  await expect(save(1024 ** 2 + 1)).rejects.toMatchObject({
    issues: [{ path: ["data"], message: "is 1048577 bytes of JSON; at most 1048576 are taken" }],
  });
});

it("actions 7.1: of many who replace one revision at once, one does", async () => {
  const name = v7();
  for (const ifRevision of [0, 1]) {
    const ends = await Promise.allSettled(
      Array.from({ length: 10 }, (_, value) =>
        saveBlock(ctx, { type: "json", name, data: { value }, ifRevision }),
      ),
    );
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  }
});
