import { pathToFileURL } from "node:url";
import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startEvaluatorThread } from "../../../server/evaluator/start-thread.ts";
import { emitEvents } from "../../../server/event/emit-event.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { automation, firingsOf, judged } from "../../support/engine.ts";

const built = pathToFileURL("server/dist/evaluator.js").href;

let database: TestDatabase;
let ctx: TestContext;

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = await createTestContext({}, database.url);
});
afterAll(async () => {
  await ctx.close();
  await database.drop();
});

it("triggers 19: a thread that dies in the middle of its work is followed by another, and nothing is lost or done twice", async () => {
  const id = await automation(ctx, {
    trigger: { expect: ["step"], threshold: 2, for_each: ["prefect.resource.id"] },
  });
  // One that begins before then has 300 ms to live.
  const mortalUntil = Date.now() + 5_000;
  const entry = new URL(
    `data:text/javascript,${encodeURIComponent(
      `if (Date.now() < ${mortalUntil}) setTimeout(() => process.exit(1), 300); await import(${JSON.stringify(built)});`,
    )}`,
  );
  const reports: string[] = [];
  const thread = startEvaluatorThread({
    entry,
    data: { databaseUrl: database.url, settings: ctx.settings },
    bus: ctx.bus,
    onBurst: () => undefined,
    report: (what) => reports.push(what),
  });
  const count = 400;
  for (let from = 0; from < count; from += 20)
    await emitEvents(
      ctx,
      Array.from({ length: 20 }, (_, n) => ({
        event: "step",
        resource: { "prefect.resource.id": `thing.${(from + n) % 100}` },
      })),
    );
  await judged(ctx);
  await thread.close();
  expect(reports).toContain("The evaluator's thread has ended; it is started again.");
  const firings = await firingsOf(ctx, id);
  // Each of a hundred things had four steps.
  expect(firings).toHaveLength(200);
  const [times] = await ctx.db.query<{ most: number }>(sql`
    SELECT max(times)::int AS most FROM (
      SELECT count(*) AS times FROM firing, unnest(counted_event_ids) AS event GROUP BY event) AS counted`);
  expect(times).toEqual({ most: 1 });
}, 60_000);
