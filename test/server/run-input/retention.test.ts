import sql from "sql-template-tag";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import type { Execution } from "../../../server/flow-run/start-execution.ts";
import { claimInputs } from "../../../server/run-input/claim-inputs.ts";
import { deleteRunInput } from "../../../server/run-input/delete-run-input.ts";
import { findInputs } from "../../../server/run-input/find-inputs.ts";
import { channelsOf } from "../../../server/run-input/read-channels.ts";
import { type ReceiveInputsArgs, receiveInputs } from "../../../server/run-input/receive-inputs.ts";
import { receivePosition } from "../../../server/run-input/receive-position.ts";
import { reportInputs } from "../../../server/run-input/report-inputs.ts";
import { sendInput } from "../../../server/run-input/send-input.ts";
import { forgetFinishedInputs } from "../../../server/worker/forget-inputs.ts";
import { ask, at } from "../../support/ask.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { calledRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const channel = { inputType: "number" };

/** Opens a receiver, and closes it again. */
async function receive(run: Execution, options: Partial<ReceiveInputsArgs> = {}): Promise<void> {
  const source = await receiveInputs(ctx, { ...run, channel, ...options });
  await source.open();
  await source.close?.();
}

/** A run with messages of these values, all handed to its code. */
async function handed(values: number[], run?: Execution) {
  const to = run ?? (await calledRun(ctx));
  const inputs = [];
  for (const value of values) {
    inputs.push(await sendInput(ctx, { flowRunId: to.flowRunId, value, idempotencyKey: `key-${value}` }));
  }
  await reportInputs(ctx, { ...to, delivered: inputs.map(({ id }) => id) });
  return { ...to, inputs };
}

/** Lets the time since the run's inputs were finished with be longer by so many seconds, and sweeps. */
async function sweepAfter(run: Execution, seconds: number): Promise<unknown[]> {
  await ctx.db.query(sql`
    UPDATE run_input SET consumed_at = consumed_at - ${seconds} * interval '1 second' WHERE flow_run_id = ${run.flowRunId}::uuid`);
  await forgetFinishedInputs(ctx);
  return (await findInputs(ctx.db, run.flowRunId, { limit: 100 })).map(({ value }) => value);
}

describe("what is kept", () => {
  it("finished messages are kept as long as the channel's receiver said, and without a word as long as the run", async () => {
    const [kept, swept] = [await handed([1, 2]), await handed([1, 2])];
    await receive(swept, { retention: 60 });
    expect(await sweepAfter(swept, 20)).toEqual([1, 2]);
    expect(await sweepAfter(swept, 50)).toEqual([]);
    expect(await sweepAfter(kept, 1_000_000)).toEqual([1, 2]);
  });

  it("what is refused or given up is finished as well, what waits or is claimed is not", async () => {
    const run = await calledRun(ctx);
    for (const value of [1, 2, 3, 4]) await sendInput(ctx, { flowRunId: run.flowRunId, value });
    await receive(run, { retention: 1 });
    const [refused, givenUp] = await claimInputs(ctx, { ...run, channel, consumer: v7(), limit: 2 });
    await reportInputs(ctx, { ...run, invalid: [refused?.id ?? ""] });
    await ctx.db.query(sql`
      UPDATE run_input SET claims = 5, claimed_until = now() - interval '1 second' WHERE id = ${givenUp?.id}::uuid`);
    expect(await claimInputs(ctx, { ...run, channel, consumer: v7(), limit: 1 })).toMatchObject([
      { value: 3 },
    ]);
    expect(await sweepAfter(run, 10)).toEqual([3, 4]);
    await setFlowRunState(ctx, { ...run, state: { type: "COMPLETED" } });
    expect(await sweepAfter(run, 1_000_000)).toEqual([3, 4]);
  });

  it("another channel of the run, and another run's channel of the name, keep theirs", async () => {
    const run = await handed([1]);
    const other = await handed([1]);
    const text = await sendInput(ctx, { flowRunId: run.flowRunId, value: "text" });
    const named = await sendInput(ctx, { flowRunId: run.flowRunId, value: 2, keyPrefix: "mine" });
    await reportInputs(ctx, { ...run, delivered: [text.id, named.id] });
    await receive(run, { retention: 1 });
    expect(await sweepAfter(run, 10)).toEqual(["text", 2]);
    expect(await sweepAfter(other, 10)).toEqual([1]);
    await receive(run, { channel: { inputType: "number", keyPrefix: "mine" }, retention: 1 });
    expect(await sweepAfter(run, 0)).toEqual(["text"]);
  });

  it("what a named receiver has not finished with is kept for it, from its first opening on", async () => {
    const run = await calledRun(ctx);
    await receive(run, { retention: 1, name: "work" });
    await handed([1, 2, 3], run);
    expect(await receivePosition(ctx, { ...run, channel, name: "work" })).toBeNull();
    expect(await sweepAfter(run, 10)).toEqual([1, 2, 3]);
    await reportInputs(ctx, { ...run, positions: [{ channel, name: "work", seq: 2 }] });
    expect(await sweepAfter(run, 10)).toEqual([3]);
    await receive(run, { name: "late" });
    expect(await receivePosition(ctx, { ...run, channel, name: "work" })).toBe(2);
    await reportInputs(ctx, { ...run, positions: [{ channel, name: "work", seq: 3 }] });
    expect(await sweepAfter(run, 10)).toEqual([3]);
  });
});

describe("what is said", () => {
  it("a later receiver that says nothing changes nothing; another time or null holds from then on", async () => {
    const run = await handed([1]);
    const said = async () => (await channelsOf(ctx, run.flowRunId))[0]?.retention;
    await receive(run);
    expect(await said()).toBeNull();
    await receive(run, { retention: 60 });
    await receive(run);
    expect(await said()).toBe(60);
    await receive(run, { retention: null });
    expect(await said()).toBeNull();
    expect(await sweepAfter(run, 100)).toEqual([1]);
    await receive(run, { retention: 30 });
    expect(await sweepAfter(run, 0)).toEqual([]);
  });

  it.each([0, -1, 1.5, Number.NaN])("%d seconds are refused", async (retention) => {
    const run = await calledRun(ctx);
    await expect(receiveInputs(ctx, { ...run, channel, retention })).rejects.toMatchObject({
      name: "InvalidInputError",
      issues: [{ path: ["retention"], message: expect.stringContaining(`${retention} is no whole number`) }],
    });
    expect(await channelsOf(ctx, run.flowRunId)).toEqual([]);
  });
});

describe("what is gone", () => {
  it("its idempotency key stays taken, its number is not given again, and cursors go on", async () => {
    const run = await handed([1, 2]);
    await receive(run, { retention: 1 });
    expect(await sweepAfter(run, 10)).toEqual([]);
    const [first] = run.inputs;
    const again = await sendInput(ctx, { flowRunId: run.flowRunId, value: 1, idempotencyKey: "key-1" });
    const same = { id: first?.id, key: first?.key, seq: 1, inputType: "number", status: "DELIVERED" };
    expect(again).toMatchObject({ ...same, kind: "MESSAGE", flowRunId: run.flowRunId, value: null });
    expect(again.createdAt).toEqual(first?.createdAt);
    expect(await findInputs(ctx.db, run.flowRunId, { limit: 9 })).toEqual([]);
    const next = await sendInput(ctx, { flowRunId: run.flowRunId, value: 3 });
    expect(next.seq).toBe(3);
    const source = await receiveInputs(ctx, { ...run, channel, after: "1" });
    const { position } = await source.open();
    expect((await source.readAfter(position, 10)).map(({ row }) => row.value)).toEqual([3]);
    await source.close?.();
    await setFlowRunState(ctx, { ...run, state: { type: "COMPLETED" } });
    const late = { flowRunId: run.flowRunId, value: { a: 1 }, idempotencyKey: "key-2" };
    expect((await sendInput(ctx, late)).id).toBe(run.inputs[1]?.id);
  });

  it("a second call under its key is answered through the API, run and all", async () => {
    const run = await handed([1]);
    await receive(run, { retention: 1 });
    await sweepAfter(run, 10);
    const document = `mutation ($id: ID!) { sendInput(flowRunId: $id, value: 1, idempotencyKey: "key-1") {
      __typename ... on RunInput { id value listening schemaDrift flowRun { id } } } }`;
    const answer = await ask(ctx, document, { id: run.flowRunId });
    expect(at(answer, "sendInput")).toEqual({
      __typename: "RunInput",
      id: run.inputs[0]?.id,
      value: null,
      listening: false,
      schemaDrift: false,
      flowRun: { id: run.flowRunId },
    });
  });

  it("the key of a deleted message stays taken too", async () => {
    const run = await handed([1]);
    const id = run.inputs[0]?.id ?? "";
    expect(await deleteRunInput(ctx, { id })).toEqual([id]);
    expect((await sendInput(ctx, { flowRunId: run.flowRunId, value: 1, idempotencyKey: "key-1" })).id).toBe(
      id,
    );
    expect(await findInputs(ctx.db, run.flowRunId, { limit: 9 })).toEqual([]);
  });

  it("what is more than one sweep takes goes by the next ones", async () => {
    const run = await calledRun(ctx);
    await receive(run, { retention: 1 });
    await ctx.db.query(sql`
      INSERT INTO run_input (id, flow_run_id, key, kind, seq, input_type, value, status, consumed_at)
      SELECT gen_random_uuid(), ${run.flowRunId}::uuid, 'k-' || n, 'MESSAGE', n, 'number', '1', 'DELIVERED', now() - interval '1 hour'
      FROM generate_series(1, 1500) n`);
    expect(await forgetFinishedInputs(ctx)).toBe(100);
    expect(await findInputs(ctx.db, run.flowRunId, { limit: 1000 })).toHaveLength(500);
    expect(await forgetFinishedInputs(ctx)).toBeUndefined();
    expect(await findInputs(ctx.db, run.flowRunId, { limit: 1000 })).toHaveLength(0);
  });
});
