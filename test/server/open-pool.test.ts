import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, it } from "vitest";
import { setFlowRunState } from "../../server/flow-run/set-flow-run-state.ts";
import { resume } from "../../server/pause/resume.ts";
import { sendInput } from "../../server/run-input/send-input.ts";
import { createTestContext, type TestContext } from "../support/context.ts";
import { askFor, calledRun } from "../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

/** The tables that were read as a whole, as the connection that now idles in the pool has counted it. */
async function tablesRead(): Promise<string[]> {
  await ctx.db.query(sql`SELECT pg_stat_force_next_flush()`);
  const read = await ctx.db.query<{ table: string }>(sql`
    SELECT relname AS table FROM pg_stat_user_tables
    WHERE relname IN ('flow_run', 'flow_run_state', 'pause', 'run_input') AND seq_scan > 0`);
  return read.map(({ table }) => table);
}

it("statements that were planned while there was nothing find their rows by keys", async () => {
  const run = await calledRun(ctx, "planned-early");
  for (let key = 1; key < 12; key++) {
    await askFor(ctx, run, { key: String(key) });
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    await sendInput(ctx, { flowRunId: run.flowRunId, value: 1, idempotencyKey: String(key) });
    await setFlowRunState(ctx, { ...run, state: { type: "RUNNING", name: "Step" } });
  }
  expect(await tablesRead()).toEqual([]);
});
