import { randomUUID } from "node:crypto";
import { parse, subscribe } from "graphql";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { followRequests } from "../../server/flow-run/follow-requests.ts";
import { followRun } from "../../server/flow-run/follow-run.ts";
import { followRuns } from "../../server/flow-run/follow-runs.ts";
import { schema } from "../../server/graphql/schema.ts";
import type { LiveSource } from "../../server/live/source.ts";
import { followInputs } from "../../server/run-input/follow-inputs.ts";
import { createTestContext, type TestContext } from "../support/context.ts";
import { seedInput, seedRun, seedWaitingRun } from "../support/seed.ts";

let ctx: TestContext;

beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());
beforeEach(async () => {
  await ctx.prisma.flowRun.deleteMany();
});

type Ids = LiveSource<{ id: string }>;

/** What comes behind a position, and where that ends. */
async function behind(source: Ids, position: number): Promise<{ ids: string[]; position: number }> {
  const rows = await source.readAfter(position, 100);
  return { ids: rows.map(({ row }) => row.id), position: rows.at(-1)?.position ?? position };
}

/** Puts a run into another state, as the newest change of all. */
async function move(id: string, type: string, name: string, wait = false) {
  const stateId = randomUUID();
  const timestamp = new Date();
  await ctx.prisma.flowRunState.create({ data: { id: stateId, flowRunId: id, type, name, timestamp } });
  await ctx.prisma.$executeRaw`
    UPDATE flow_run SET state_type = ${type}, state_name = ${name}, pause_id = NULL, position = next_flow_run_position(),
      wait_position = CASE WHEN ${wait} THEN next_flow_run_position() ELSE wait_position END
    WHERE id = ${id}::uuid`;
}

describe("the runs that wait for an input", () => {
  it("come longest waiting first, then whenever one begins or stops to wait", async () => {
    const late = await seedWaitingRun(ctx, "order", {}, { requestedAt: new Date("2026-01-02T00:00:00Z") });
    const early = await seedWaitingRun(ctx, "order", {}, { requestedAt: new Date("2026-01-01T00:00:00Z") });
    await seedWaitingRun(ctx, "order", {}, { inputType: null });
    await seedRun(ctx, "order");
    const source = followRequests(ctx, {});
    const { first, position } = await source.open();
    expect(first).toEqual([{ id: early.id }, { id: late.id }]);
    expect(await source.readAfter(position, 100)).toEqual([]);
    await move(late.id, "RUNNING", "Running", true);
    const fresh = await seedWaitingRun(ctx, "order");
    expect(await behind(source, position)).toMatchObject({ ids: [late.id, fresh.id] });
  });

  it("are those of the named flows that have all of the tags", async () => {
    const run = await seedWaitingRun(ctx, "order", { tags: ["a", "b"] });
    await seedWaitingRun(ctx, "order", { tags: ["a"] });
    await seedWaitingRun(ctx, "other", { tags: ["a", "b"] });
    const filter = { flowNames: ["order", "\0"], tags: ["b", "a"] };
    expect((await followRequests(ctx, filter).open()).first).toEqual([{ id: run.id }]);
    expect(await behind(followRequests(ctx, filter), 0)).toMatchObject({ ids: [run.id] });
    expect((await followRequests(ctx, { tags: ["\0"] }).open()).first).toEqual([]);
    expect((await followRequests(ctx, { flowNames: [] }).open()).first).toEqual([]);
  });

  it("go on from the end where none waits", async () => {
    const run = await seedWaitingRun(ctx, "order");
    await move(run.id, "RUNNING", "Running", true);
    const source = followRequests(ctx, {});
    const { first, position } = await source.open();
    expect(first).toEqual([]);
    expect(await source.readAfter(position, 100)).toEqual([]);
  });
});

describe("a filtered list of runs", () => {
  it("hears of a run that satisfies the filter, and of one that does so no more", async () => {
    const source = followRuns(ctx, { filter: { stateTypes: ["PAUSED"], awaitingInput: true } });
    await seedRun(ctx, "order");
    const { first, position } = await source.open();
    expect(first).toEqual([]);
    const never = await seedRun(ctx, "order");
    const waits = await seedWaitingRun(ctx, "order");
    const seen = await behind(source, position);
    expect(seen.ids).toEqual([waits.id]);
    await move(waits.id, "COMPLETED", "Completed", true);
    await move(never.id, "COMPLETED", "Completed");
    expect(await behind(source, seen.position)).toMatchObject({ ids: [waits.id] });
  });
});

describe("one run", () => {
  it("is present first, then once for all changes since", async () => {
    const run = await seedRun(ctx, "order");
    const source = followRun(ctx, { flowRunId: run.id });
    const { first, position } = await source.open();
    expect(first).toEqual([{ id: run.id }]);
    expect(await behind(source, position)).toEqual({ ids: [], position });
    await move(run.id, "PAUSED", "Paused");
    await move(run.id, "RUNNING", "Running");
    const changed = await behind(source, position);
    expect(changed.ids).toEqual([run.id]);
    expect(await behind(source, changed.position)).toMatchObject({ ids: [] });
  });

  it.each(["nonsense", randomUUID()])("that is unknown (%s) is refused", async (flowRunId) => {
    await expect(followRun(ctx, { flowRunId }).open()).rejects.toMatchObject({
      extensions: { code: "NOT_FOUND" },
    });
    await expect(followInputs(ctx, { flowRunId }).open()).rejects.toMatchObject({
      extensions: { code: "NOT_FOUND" },
    });
  });
});

describe("a run's inputs", () => {
  it("go on behind a cursor, of one type, kind or channel", async () => {
    const { id } = await seedRun(ctx, "order");
    await seedInput(ctx, id, 1);
    await seedInput(ctx, id, 2, { keyPrefix: "mine" });
    await seedInput(ctx, id, 3, { kind: "RESPONSE", key: "paused-1-response", inputType: "string" });
    await seedInput(ctx, id, 0, { seq: null, kind: "SCHEMA", key: "paused-1-schema" });
    const seqs = async (args: Omit<Parameters<typeof followInputs>[1], "flowRunId">) => {
      const source = followInputs(ctx, { flowRunId: id, ...args });
      const { position } = await source.open();
      return (await source.readAfter(position, 100)).map((placed) => placed.position);
    };
    expect(await seqs({})).toEqual([1, 2, 3]);
    expect(await seqs({ after: "2" })).toEqual([3]);
    expect(await seqs({ after: "9" })).toEqual([]);
    expect(await seqs({ inputType: "Order" })).toEqual([1, 2]);
    expect(await seqs({ inputType: "\0" })).toEqual([]);
    expect(await seqs({ keyPrefix: "mine" })).toEqual([2]);
    expect(await seqs({ kind: "RESPONSE" })).toEqual([3]);
    await expect(seqs({ after: "x" })).rejects.toMatchObject({ extensions: { code: "BAD_CURSOR" } });
  });

  it("are subscribed to with the fields that are asked for", async () => {
    const { id } = await seedRun(ctx, "order");
    await seedInput(ctx, id, 1);
    const document = parse(
      "subscription ($id: ID!) { runInputs(flowRunId: $id, kind: MESSAGE) { cursor value listening flowRun { flow { name } } } }",
    );
    const stream = await subscribe({ schema, document, variableValues: { id }, contextValue: { ...ctx } });
    if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
    const shown = (seq: number) => ({
      cursor: String(seq),
      value: { number: seq },
      listening: false,
      flowRun: { flow: { name: "order" } },
    });
    expect(await stream.next()).toMatchObject({ value: { data: { runInputs: shown(1) } } });
    await seedInput(ctx, id, 2);
    ctx.bus.notify(`inputs:${id}`);
    expect(await stream.next()).toMatchObject({ value: { data: { runInputs: shown(2) } } });
    await stream.return?.(undefined);
  });
});
