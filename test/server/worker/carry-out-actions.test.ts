import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../core/json.ts";
import { addJob } from "../../../server/action/jobs.ts";
import { carryOutActions } from "../../../server/worker/carry-out-actions.ts";
import type { Worker } from "../../../server/worker/repeat.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { actionEvents, fired, storedAction, unexpected } from "../../support/fired.ts";
import { type Receiver, startReceiver } from "../../support/receiver.ts";
import { until } from "../../support/wire.ts";
import { block, reachesHere } from "../channel/support.ts";

let database: TestDatabase;
let ctx: TestContext;
let receiver: Receiver;
let servers: Worker[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = await createTestContext(reachesHere, database.url);
  await ctx.db.query(sql`INSERT INTO server (id) VALUES (${ctx.serverId}::uuid) ON CONFLICT DO NOTHING`);
});
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
  await receiver.close();
});
afterAll(async () => {
  await ctx.close();
  await database.drop();
});

/** One that never looks by itself: whatever it does in a test, it was woken for. */
async function server(on: TestContext = ctx): Promise<void> {
  servers.push(await carryOutActions(on, unexpected, { pollInterval: 600_000 }));
  await until("they are listening", async () => {
    const [listening] = await ctx.db.query<{ count: number }>(sql`
      SELECT count(*)::int AS count FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'LISTEN "jobs:insert"%' AND state = 'idle'`);
    return listening?.count === servers.length;
  });
}

async function call(name: string, retry: JsonObject = {}): Promise<string> {
  const blockId = await block(ctx, "webhook", { url: `${receiver.origin}/${name}` });
  const { runs } = await fired(ctx, [
    {
      type: "call-webhook",
      block_document_id: blockId,
      retry: { max_attempts: 3, initial_delay: 0.3, multiplier: 1, jitter: false, ...retry },
    },
  ]);
  return runs[0] ?? "";
}

const ended = (id: string) =>
  until("it has ended", async () => (await storedAction(ctx, id)).status === "SUCCEEDED");
const paths = () => receiver.received.map(({ path }) => path);

describe("actions 2.4: another attempt is made when its time has come", () => {
  it("each after its delay, and not before the time that was told", async () => {
    await server();
    receiver.answers.push({ status: 503 }, { status: 503 });
    const id = await call("again");
    await ended(id);
    expect(paths()).toEqual(["/again", "/again", "/again"]);
    const events = await actionEvents(ctx, id);
    for (const [index, { payload }] of events.entries()) {
      const next = payload.next_attempt_at;
      if (typeof next === "string")
        expect(events[index + 1]?.occurred.getTime()).toBeGreaterThanOrEqual(Date.parse(next));
    }
    expect(events).toHaveLength(4);
  });

  it("also where another one was stored before that is due later", async () => {
    await server();
    receiver.answers.push({ status: 503 }, { status: 503 });
    const late = await call("late", { initial_delay: 600 });
    await until("it waits", async () => {
      const { status, attempts } = await storedAction(ctx, late);
      return status === "PENDING" && attempts === 1;
    });
    await ended(await call("soon"));
    expect(paths()).toEqual(["/late", "/soon", "/soon"]);
    expect((await storedAction(ctx, late)).status).toBe("PENDING");
  });

  it("what the receiver asks for", async () => {
    await server();
    receiver.answers.push({ status: 503, headers: { "retry-after": "1" } });
    const id = await call("asked", { initial_delay: 600 });
    await ended(id);
    expect(paths()).toEqual(["/asked", "/asked"]);
  });

  it("by a server that has begun since it was stored", async () => {
    const id = await call("later");
    await ctx.db.query(sql`
      UPDATE graphile_worker._private_jobs SET run_at = clock_timestamp() + interval '1 second' WHERE payload->>'id' = ${id}`);
    await server();
    await ended(id);
    expect(paths()).toEqual(["/later"]);
  });

  it("where two servers carry actions out, and only one of them knew", async () => {
    const other = await createTestContext(reachesHere, database.url);
    await other.db.query(
      sql`INSERT INTO server (id) VALUES (${other.serverId}::uuid) ON CONFLICT DO NOTHING`,
    );
    await server();
    await server(other);
    receiver.answers.push({ status: 503 }, { status: 503 });
    await ended(await call("both"));
    expect(paths()).toEqual(["/both", "/both", "/both"]);
    await servers.pop()?.close();
    await other.close();
  });

  it("of an action run that is gone nothing is left", async () => {
    const id = randomUUID();
    await ctx.db.query(addJob(id, 50));
    await server();
    await until("its job is gone", async () => {
      const [left] = await ctx.db.query<{ jobs: number }>(sql`
        SELECT count(*)::int AS jobs FROM graphile_worker._private_jobs WHERE payload->>'id' = ${id}`);
      return left?.jobs === 0;
    });
  });
});
