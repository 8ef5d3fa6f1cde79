import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendInput } from "../../../server/run-input/send-input.ts";
import { createInput, findInput, findInputs, removeInput } from "../../../server/run-input/store.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { calledRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

const row = (flowRunId: string, key: string) =>
  createInput(ctx.db, { id: v7(), flowRunId, key, kind: "MESSAGE", value: "hello" });

describe("the store of inputs", () => {
  it("inputs 10: the same key twice is a conflict, an unknown run is not found", async () => {
    const { flowRunId } = await calledRun(ctx);
    await row(flowRunId, "greeting");
    await expect(row(flowRunId, "greeting")).rejects.toThrow("has an input of the key");
    await expect(row(v7(), "greeting")).rejects.toThrow("no flow run");
    await expect(row("nobody", "greeting")).rejects.toThrow("no flow run");
  });

  it("inputs 11: of a hundred rows the first ten and twenty come, oldest first", async () => {
    const { flowRunId } = await calledRun(ctx);
    for (let n = 0; n < 100; n++) await row(flowRunId, `key-${n}`);
    for (const limit of [10, 20]) {
      const found = await findInputs(ctx.db, flowRunId, { limit });
      expect(found.map(({ key }) => key)).toEqual(Array.from({ length: limit }, (_, n) => `key-${n}`));
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
    await row(flowRunId, "once");
    expect(await removeInput(ctx.db, flowRunId, "once")).toBe(true);
    expect(await findInput(ctx.db, flowRunId, "once")).toBeNull();
    expect(await removeInput(ctx.db, flowRunId, "once")).toBe(false);
  });

  it.each(["a key", "a_key", "Key", "schlüssel", ""])("inputs 14: the key %j is refused", async (key) => {
    const { flowRunId } = await calledRun(ctx);
    await expect(row(flowRunId, key)).rejects.toMatchObject({ issues: [{ path: ["key"] }] });
  });
});
