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

/** How often a whole table was read, as the one connection that idles in the pool has counted it. */
async function scans() {
  await ctx.db.query(sql`SELECT pg_stat_force_next_flush()`);
  return ctx.db.query<{ table: string; scans: number }>(sql`
    SELECT relname AS table, seq_scan AS scans FROM pg_stat_user_tables
    WHERE relname IN ('flow_run', 'flow_run_state', 'pause', 'run_input', 'event') OR relname LIKE 'event_2%' ORDER BY 1`);
}

it("statements that were planned while there was nothing find their rows by keys", async () => {
  const run = await calledRun(ctx, "planned-early");
  const live = async (key: string) => {
    await askFor(ctx, run, { key });
    await resume(ctx, { flowRunId: run.flowRunId, input: { approved: true } });
    await sendInput(ctx, { flowRunId: run.flowRunId, value: 1, idempotencyKey: key });
    await setFlowRunState(ctx, { ...run, state: { type: "RUNNING", name: "Step" } });
  };
  await live("1");
  const before = await scans();
  for (let key = 2; key < 12; key++) await live(String(key));
  expect(await scans()).toEqual(before);
});
