import sql from "sql-template-tag";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../core/json.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import type { Execution } from "../../../server/flow-run/start-execution.ts";
import { resume } from "../../../server/pause/resume.ts";
import { claimInputs } from "../../../server/run-input/claim-inputs.ts";
import { deleteRunInput } from "../../../server/run-input/delete-run-input.ts";
import { findInputs } from "../../../server/run-input/find-inputs.ts";
import { channelsOf } from "../../../server/run-input/read-channels.ts";
import { receiveInputs } from "../../../server/run-input/receive-inputs.ts";
import { receivePosition } from "../../../server/run-input/receive-position.ts";
import { releaseInputs } from "../../../server/run-input/release-inputs.ts";
import { reportInputs } from "../../../server/run-input/report-inputs.ts";
import { sendInput } from "../../../server/run-input/send-input.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { askFor, calledRun, inputOf } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const received = async (
  run: Execution,
  channel: { inputType: string; keyPrefix?: string },
  schema?: JsonObject,
) => {
  const source = await receiveInputs(ctx, {
    ...run,
    channel,
    schema,
    schemaDigest: schema && JSON.stringify(schema),
  });
  const { position } = await source.open();
  const rows = await source.readAfter(position, 100);
  return { values: rows.map(({ row }) => row.value), close: () => source.close?.() };
};

describe("sending", () => {
  it("a message has a number, a key of its type, and the JSON null is a value", async () => {
    const { flowRunId } = await calledRun(ctx);
    const first = await sendInput(ctx, { flowRunId, value: "hi" });
    expect(first).toMatchObject({
      seq: 1,
      inputType: "string",
      kind: "MESSAGE",
      status: "PENDING",
      sender: null,
      listening: false,
    });
    expect(first.key).toMatch(/^string-auto-[0-9a-f-]{36}$/);
    expect(await sendInput(ctx, { flowRunId })).toMatchObject({ seq: 2, inputType: "null", value: null });
  });

  it("refuses in the order of the specification: the run, the key, the end, the type, the size, the schema", async () => {
    const run = await calledRun(ctx);
    const { flowRunId } = run;
    const wrong = { value: { a: 1 }, idempotencyKey: "k" };
    await expect(sendInput(ctx, { ...wrong, flowRunId: v7() })).rejects.toThrow("no flow run");
    await expect(sendInput(ctx, { ...wrong, flowRunId })).rejects.toMatchObject({
      issues: [{ path: ["inputType"] }],
    });
    const stored = await sendInput(ctx, { flowRunId, value: 1, idempotencyKey: "k" });
    expect((await sendInput(ctx, { ...wrong, flowRunId })).id).toBe(stored.id);
    const big = { flowRunId, value: "x".repeat(600 * 1024) };
    await expect(sendInput(ctx, big)).rejects.toThrow(/524288|524,288/);
    await setFlowRunState(ctx, { ...run, state: { type: "COMPLETED" } });
    await expect(sendInput(ctx, big)).rejects.toMatchObject({ code: "FINISHED" });
    expect((await sendInput(ctx, { ...wrong, flowRunId })).id).toBe(stored.id);
  });

  it.each([["a\0b"], [{ "a\0": 1 }], ["\ud800"]])(
    "text that no database holds is refused: %j",
    async (value) => {
      const { flowRunId } = await calledRun(ctx);
      await expect(sendInput(ctx, { flowRunId, inputType: "any", value })).rejects.toMatchObject({
        name: "InvalidInputError",
      });
      expect(await findInputs(ctx.db, flowRunId, { limit: 1 })).toEqual([]);
    },
  );

  it("inputs 10: only a run itself sends under its name", async () => {
    const [to, other, own] = [await calledRun(ctx), await calledRun(ctx), await calledRun(ctx)];
    const message = { flowRunId: to.flowRunId, value: 1 };
    const named = ({ flowRunId }: Execution) => `prefect.flow-run.${flowRunId}`;
    for (const [sender, from] of [
      [named(other), undefined],
      [named(other).toUpperCase(), undefined],
      [named(other), own],
    ] as const) {
      await expect(sendInput(ctx, { ...message, sender, from })).rejects.toMatchObject({
        issues: [{ path: ["sender"], message: expect.stringContaining(JSON.stringify(sender)) }],
      });
    }
    expect(await sendInput(ctx, { ...message, sender: named(own), from: own })).toMatchObject({
      sender: named(own),
    });
    expect(await sendInput(ctx, { ...message, sender: "sally" })).toMatchObject({ sender: "sally" });
    expect(await ctx.prisma.runInput.count({ where: { flowRunId: to.flowRunId } })).toBe(2);
  });

  it("inputs 1.5: what can be no type's name is refused with the rule, or with both numbers", async () => {
    const { flowRunId } = await calledRun(ctx);
    const rule = "begins with a letter, _ or $";
    const wrong = {
      "a/b": rule,
      "a\nb": rule,
      "9bad": rule,
      "": rule,
      ["x".repeat(129)]: "it has 129 characters; at most 128",
    };
    for (const [inputType, message] of Object.entries(wrong)) {
      await expect(sendInput(ctx, { flowRunId, inputType, value: {} })).rejects.toMatchObject({
        issues: [{ path: ["inputType"], message: expect.stringContaining(message) }],
      });
    }
    for (const inputType of ["é $-.", "_", "x".repeat(128), `s-${"0".repeat(32)}`]) {
      expect(await sendInput(ctx, { flowRunId, inputType, value: {} })).toMatchObject({ inputType });
    }
  });

  it("what the channel's receiver wants is checked, by the receiver that opened last", async () => {
    const run = await calledRun(ctx);
    const send = (value: unknown) => sendInput(ctx, { flowRunId: run.flowRunId, inputType: "Order", value });
    await send("anything, before there is a receiver");
    const channel = { inputType: "Order" };
    await received(run, channel, {
      type: "object",
      properties: { qty: { type: "number" } },
      required: ["qty"],
    });
    await expect(send({ qty: "2" })).rejects.toMatchObject({ issues: [{ path: ["qty"] }] });
    await send({ qty: 2 });
    await received(run, channel, { type: "object", properties: { qty: { type: "string" } } });
    await send({ qty: "2" });
    await expect(send({ qty: 2 })).rejects.toMatchObject({ issues: [{ path: ["qty"] }] });
  });

  it("inputs 15: channel order gets nothing of orders, and a% is a name like any other", async () => {
    const run = await calledRun(ctx);
    const send = (keyPrefix: string) =>
      sendInput(ctx, { flowRunId: run.flowRunId, keyPrefix, value: keyPrefix });
    for (const prefix of ["order", "orders", "a%", "ab"]) await send(prefix);
    expect((await received(run, { inputType: "string", keyPrefix: "order" })).values).toEqual(["order"]);
    expect((await received(run, { inputType: "string", keyPrefix: "a%" })).values).toEqual(["a%"]);
    expect((await received(run, { inputType: "string" })).values).toEqual([]);
  });

  it("answers are no messages", async () => {
    const run = await calledRun(ctx);
    await askFor(ctx, run);
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    expect((await received(run, { inputType: "Person" })).values).toEqual([]);
  });

  it("a channel is listening where its own run receives, not where another one receives the same type", async () => {
    const [run, other] = [await calledRun(ctx), await calledRun(ctx)];
    const { close } = await received(run, { inputType: "T" });
    await sendInput(ctx, { flowRunId: other.flowRunId, inputType: "T", value: 1 });
    expect(await channelsOf(ctx, run.flowRunId)).toMatchObject([{ inputType: "T", listening: true }]);
    expect(await channelsOf(ctx, other.flowRunId)).toMatchObject([{ inputType: "T", listening: false }]);
    await close();
    expect(await channelsOf(ctx, run.flowRunId)).toMatchObject([{ inputType: "T", listening: false }]);
  });

  it("a receiver's name that cannot be stored is refused", async () => {
    const run = await calledRun(ctx);
    const named = receiveInputs(ctx, { ...run, channel: { inputType: "T" }, name: "a\0" });
    await expect(named).rejects.toMatchObject({ issues: [{ path: ["name"] }] });
    const channel = { inputType: "T" };
    expect(await receivePosition(ctx, { ...run, channel, name: "a\0" })).toBeNull();
  });

  it("listening is said while a receiver is open, and not after", async () => {
    const run = await calledRun(ctx);
    const receiver = await received(run, { inputType: "string" });
    expect((await sendInput(ctx, { flowRunId: run.flowRunId, value: "a" })).listening).toBe(true);
    expect((await sendInput(ctx, { flowRunId: run.flowRunId, value: 1 })).listening).toBe(false);
    await receiver.close();
    expect((await sendInput(ctx, { flowRunId: run.flowRunId, value: "b" })).listening).toBe(false);
  });
});

describe("sending at once", () => {
  it("a thousand messages of forty senders to four runs are numbered without a gap, each sender's in its order", async () => {
    const runs = await Promise.all(Array.from({ length: 4 }, () => calledRun(ctx)));
    await Promise.all(
      Array.from({ length: 40 }, async (_, sender) => {
        for (let n = 0; n < 25; n++) {
          const run = runs[sender % 4] as Execution;
          await sendInput(ctx, { flowRunId: run.flowRunId, inputType: "step", value: { sender, n } });
        }
      }),
    );
    for (const { flowRunId } of runs) {
      const rows = await findInputs(ctx.db, flowRunId, { limit: 1000 });
      expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 250 }, (_, n) => n + 1));
      const next = new Map<number, number>();
      for (const { value } of rows) {
        const { sender, n } = value as { sender: number; n: number };
        expect(n).toBe(next.get(sender) ?? 0);
        next.set(sender, n + 1);
      }
    }
  });

  it("one idempotency key at once, in one process and in two, stores once", async () => {
    const { flowRunId } = await calledRun(ctx);
    // Another object over the same database has its own writer, as another server would.
    const other = { ...ctx, db: { ...ctx.db } };
    const sent = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        sendInput(n % 2 ? ctx : other, { flowRunId, value: n, idempotencyKey: "same" }),
      ),
    );
    expect(new Set(sent.map(({ id }) => id)).size).toBe(1);
    expect(await findInputs(ctx.db, flowRunId, { limit: 10 })).toHaveLength(1);
  });

  it("of messages and the run's end each message is stored or refused, and none comes after", async () => {
    const run = await calledRun(ctx);
    const sends = Array.from({ length: 50 }, (_, n) =>
      sendInput(ctx, { flowRunId: run.flowRunId, value: n }),
    );
    const [, ...results] = await Promise.allSettled([
      setFlowRunState(ctx, { ...run, state: { type: "COMPLETED" } }),
      ...sends,
    ]);
    const stored = results.filter(({ status }) => status === "fulfilled").length;
    expect(await findInputs(ctx.db, run.flowRunId, { limit: 100 })).toHaveLength(stored);
    await expect(sendInput(ctx, { flowRunId: run.flowRunId, value: 1 })).rejects.toMatchObject({
      code: "FINISHED",
    });
  });
});

describe("what became of it", () => {
  it("taken by one receiver and refused by another is DELIVERED; refused by all is INVALID", async () => {
    const run = await calledRun(ctx);
    const one = await sendInput(ctx, { flowRunId: run.flowRunId, value: 1 });
    const two = await sendInput(ctx, { flowRunId: run.flowRunId, value: 2 });
    await reportInputs(ctx, { ...run, invalid: [one.id, two.id] });
    await reportInputs(ctx, { ...run, delivered: [one.id] });
    await reportInputs(ctx, { ...run, invalid: [one.id] });
    const status = async (key: string) => (await inputOf(ctx, run.flowRunId, key))?.status;
    expect([await status(one.key), await status(two.key)]).toEqual(["DELIVERED", "INVALID"]);
  });

  it("a named position goes on, never back", async () => {
    const run = await calledRun(ctx);
    const channel = { inputType: "number" };
    for (let n = 0; n < 5; n++) await sendInput(ctx, { flowRunId: run.flowRunId, value: n });
    for (const seq of [3, 2])
      await reportInputs(ctx, { ...run, positions: [{ channel, name: "mine", seq }] });
    const source = await receiveInputs(ctx, { ...run, channel, name: "mine" });
    expect(await source.open()).toMatchObject({ position: 3 });
    await source.close?.();
  });

  it("an exclusive message goes to one receiver, comes again when that one is lost, and is given up after five", async () => {
    const run = await calledRun(ctx);
    const channel = { inputType: "number" };
    await sendInput(ctx, { flowRunId: run.flowRunId, value: 7 });
    const take = () => claimInputs(ctx, { ...run, channel, consumer: v7(), limit: 1 });
    const both = await Promise.all([take(), take()]);
    expect(both.flat()).toHaveLength(1);
    const lose = () => ctx.db.query(sql`UPDATE run_input SET claimed_until = now() - interval '1 second'`);
    for (let claims = 2; claims <= 5; claims++) {
      await lose();
      expect(await take()).toHaveLength(1);
    }
    await lose();
    expect(await take()).toEqual([]);
    const [row] = await findInputs(ctx.db, run.flowRunId, { limit: 1 });
    expect(row?.status).toBe("INVALID");
  });

  it("what a receiver gives back is there for the next one at once", async () => {
    const run = await calledRun(ctx);
    const channel = { inputType: "number" };
    await sendInput(ctx, { flowRunId: run.flowRunId, value: 7 });
    const consumer = v7();
    await claimInputs(ctx, { ...run, channel, consumer, limit: 1 });
    expect(await releaseInputs(ctx, { consumer })).toBe(true);
    expect(await claimInputs(ctx, { ...run, channel, consumer: v7(), limit: 1 })).toHaveLength(1);
  });

  it("deleting takes a message, but not an answer that the code was not handed; a deleted one is asked for again", async () => {
    const run = await calledRun(ctx);
    const message = await sendInput(ctx, { flowRunId: run.flowRunId, value: 7 });
    expect(await deleteRunInput(ctx, { id: message.id })).toEqual([message.id]);
    expect(await deleteRunInput(ctx, { id: message.id })).toEqual([]);
    await askFor(ctx, run);
    const schema = await inputOf(ctx, run.flowRunId, "paused-1-schema");
    expect(await deleteRunInput(ctx, { id: schema?.id ?? "" })).toEqual([]);
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    const answer = await inputOf(ctx, run.flowRunId, "paused-1-response");
    expect(await deleteRunInput(ctx, { id: answer?.id ?? "" })).toEqual([]);
    await reportInputs(ctx, { ...run, delivered: [answer?.id ?? ""] });
    expect(await deleteRunInput(ctx, { id: answer?.id ?? "" })).toEqual([answer?.id]);
    await askFor(ctx, run);
    expect((await inputOf(ctx, run.flowRunId, "paused-1--2-schema"))?.kind).toBe("SCHEMA");
  });
});
