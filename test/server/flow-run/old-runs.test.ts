import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findRun } from "../../../server/flow-run/run.ts";
import { setFlowRunState } from "../../../server/flow-run/set-flow-run-state.ts";
import { createLogs } from "../../../server/log/create-logs.ts";
import { resume } from "../../../server/pause/resume.ts";
import { forgetLogs } from "../../../server/worker/forget-logs.ts";
import { forgetRuns } from "../../../server/worker/forget-runs.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { askFor, calledRun } from "../../support/runs.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

it("an ended run loses its log lines after a month, and is forgotten after a year; a run that goes on is kept", async () => {
  const ended = await calledRun(ctx);
  await askFor(ctx, ended);
  await resume(ctx, { flowRunId: ended.flowRunId, input: { approved: true } });
  const running = await calledRun(ctx);
  const line = { level: 20, message: "hello\0", loggerName: "flow", timestamp: new Date() };
  for (const { flowRunId } of [ended, running]) await createLogs(ctx, { flowRunId, lines: [line, line] });
  await setFlowRunState(ctx, { ...ended, state: { type: "COMPLETED" } });
  const endedDaysAgo = (days: number) =>
    ctx.db.query(
      sql`UPDATE flow_run SET ended_at = now() - ${days} * interval '1 day' WHERE id = ${ended.flowRunId}::uuid`,
    );
  const sweep = async () => {
    await forgetLogs(ctx);
    await forgetRuns(ctx);
    return ctx.prisma.log.count();
  };
  expect(await sweep()).toBe(4);
  await endedDaysAgo(31);
  expect(await sweep()).toBe(2);
  expect(await findRun(ctx.db, ended.flowRunId)).not.toBeNull();
  await endedDaysAgo(366);
  expect(await sweep()).toBe(2);
  expect(await findRun(ctx.db, ended.flowRunId)).toBeNull();
  expect(await findRun(ctx.db, running.flowRunId)).not.toBeNull();
});
