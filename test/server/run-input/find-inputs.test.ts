import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask } from "../../../server/pause/ask.ts";
import { deleteRunInput } from "../../../server/run-input/delete-run-input.ts";
import { findInputs } from "../../../server/run-input/find-inputs.ts";
import { sendInput } from "../../../server/run-input/send-input.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { calledRun, inputOf, question } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

describe("stored inputs", () => {
  it("inputs 10: no two inputs of a run have one key, and an unknown run is not found", async () => {
    const { flowRunId } = await calledRun(ctx);
    const send = (to: string) => sendInput(ctx, { flowRunId: to, value: "hello" });
    const { key } = await send(flowRunId);
    expect((await send(flowRunId)).key).not.toBe(key);
    const twice = ctx.prisma.runInput.create({
      data: { id: v7(), flowRunId, key, kind: "MESSAGE", value: 1 },
    });
    await expect(twice).rejects.toThrow("Unique constraint");
    await expect(send(v7())).rejects.toThrow("no flow run");
    await expect(send("nobody")).rejects.toThrow("no flow run");
  });

  it("inputs 11: of a hundred rows the first ten and twenty come, oldest first", async () => {
    const { flowRunId } = await calledRun(ctx);
    for (let n = 0; n < 100; n++) await sendInput(ctx, { flowRunId, value: n });
    for (const limit of [10, 20]) {
      const found = await findInputs(ctx.db, flowRunId, { limit });
      expect(found.map(({ value }) => value)).toEqual(Array.from({ length: limit }, (_, n) => n));
    }
  });

  it("inputs 12: an excluded key does not come, nor does another prefix", async () => {
    const { flowRunId } = await calledRun(ctx);
    const sent = await sendInput(ctx, { flowRunId, value: "x", keyPrefix: "mine" });
    expect(await findInputs(ctx.db, flowRunId, { limit: 9, excludeKeys: [sent.key] })).toEqual([]);
    expect(await findInputs(ctx.db, flowRunId, { limit: 9, keyPrefix: "min" })).toEqual([]);
    expect(await findInputs(ctx.db, flowRunId, { limit: 9, keyPrefix: "mine" })).toHaveLength(1);
  });

  it("inputs 13: what is deleted is gone, and there is nothing to delete again", async () => {
    const { flowRunId } = await calledRun(ctx);
    const { id, key } = await sendInput(ctx, { flowRunId, value: "once" });
    expect(await deleteRunInput(ctx, { id })).toEqual([id]);
    expect(await inputOf(ctx, flowRunId, key)).toBeNull();
    expect(await deleteRunInput(ctx, { id })).toEqual([]);
    expect(await deleteRunInput(ctx, { id: "no id" })).toEqual([]);
  });

  it.each(["a key", "a_key", "Key", "schlüssel"])(
    "inputs 14: no stored key is like %j: a question's is refused, a message's is made to fit",
    async (key) => {
      const run = await calledRun(ctx);
      const asked = ask(ctx, { ...run, question: question({ key, explicitKey: true }) });
      await expect(asked).rejects.toMatchObject({ issues: [{ path: ["key"] }] });
      const sent = await sendInput(ctx, { flowRunId: run.flowRunId, value: 1, keyPrefix: key });
      expect(sent.key).toMatch(/^[a-z0-9-]+$/);
      expect(await inputOf(ctx, run.flowRunId, sent.key)).toMatchObject({ keyPrefix: key });
    },
  );
});
