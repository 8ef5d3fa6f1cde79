import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, it } from "vitest";
import { actionsAtOnce, addJob, startJobs } from "../../../server/action/jobs.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { until } from "../../support/wire.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

it("a server that stops ends with what it has begun, gives back what waits, and has nothing to complain of", async () => {
  await ctx.db.query(sql`INSERT INTO server (id) VALUES (${ctx.serverId}::uuid) ON CONFLICT DO NOTHING`);
  const waiting = 20;
  for (let at = 0; at < actionsAtOnce + waiting; at++) await ctx.db.query(addJob(randomUUID()));
  const pool = ctx.db.openPool(4);
  pool.on("error", () => undefined).on("connect", (client) => client.on("error", () => undefined));
  let begun = 0;
  let ended = 0;
  let go = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const work = async () => {
    begun += 1;
    await gate;
    ended += 1;
  };
  const reports: string[] = [];
  const jobs = await startJobs(ctx, { pool, work, report: (what) => reports.push(what) });
  await until("as many have begun as may", () => begun === actionsAtOnce);
  const left = () =>
    ctx.db.query(sql`
      SELECT count(*)::int AS jobs, count(locked_by)::int AS locked, max(attempts)::int AS attempts FROM graphile_worker._private_jobs`);
  expect(await left()).toMatchObject([{ jobs: actionsAtOnce + waiting, locked: actionsAtOnce + waiting }]);
  const closing = jobs.close();
  go();
  await closing;
  await pool.end();
  expect([begun, ended]).toEqual([actionsAtOnce, actionsAtOnce]);
  expect(await left()).toEqual([{ jobs: waiting, locked: 0, attempts: 0 }]);
  expect(reports).toEqual([]);
});
