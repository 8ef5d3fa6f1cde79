import { randomUUID } from "node:crypto";
import { pathToFileURL } from "node:url";
import { BroadcastChannel } from "node:worker_threads";
import sql from "sql-template-tag";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startEvaluatorThread } from "../../../server/evaluator/start-thread.ts";
import { emitEvents } from "../../../server/event/emit-event.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { automation, firingsOf, judged } from "../../support/engine.ts";
import { until } from "../../support/wire.ts";

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

it("triggers 19.13: the evaluator works in a thread of its own; one that dies in the middle of its work is followed by another, and nothing is lost or done twice", async () => {
  const id = await automation(ctx, {
    trigger: { expect: ["step"], threshold: 2, for_each: ["prefect.resource.id"] },
  });
  // It ends where it stands when it is told to.
  const name = randomUUID();
  const mortal = `import { BroadcastChannel } from "node:worker_threads";
    const channel = new BroadcastChannel("${name}");
    channel.onmessage = () => process.exit(1);
    channel.unref();
    await import(${JSON.stringify(built)});`;
  const entry = new URL(`data:text/javascript,${encodeURIComponent(mortal)}`);
  const reports: string[] = [];
  const thread = startEvaluatorThread({
    entry,
    data: { databaseUrl: database.url, settings: ctx.settings },
    bus: ctx.bus,
    onBurst: () => undefined,
    report: (what) => reports.push(what),
  });
  const ended = () => reports.filter((what) => what.startsWith("The evaluator's thread has ended"));
  const channel = new BroadcastChannel(name);
  const count = 400;
  for (let from = 0; from < count; from += 20) {
    await emitEvents(
      ctx,
      Array.from({ length: 20 }, (_, n) => ({
        event: "step",
        resource: { "prefect.resource.id": `thing.${(from + n) % 100}` },
      })),
    );
    if (from !== 120 && from !== 220) continue;
    const before = ended().length;
    // What was emitted last may be judged or not by then.
    await until("something has fired", async () => (await firingsOf(ctx, id)).length > (from - 100) / 2);
    channel.postMessage("end");
    await until("the thread has ended", () => ended().length > before);
  }
  await judged(ctx);
  await thread.close();
  channel.close();
  const firings = await firingsOf(ctx, id);
  // Each of a hundred things had four steps.
  expect(firings).toHaveLength(200);
  const [times] = await ctx.db.query<{ most: number }>(sql`
    SELECT max(times)::int AS most FROM (
      SELECT count(*) AS times FROM firing, unnest(counted_event_ids) AS event GROUP BY event) AS counted`);
  expect(times).toEqual({ most: 1 });
});
