import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backtest } from "../../../server/automation/backtest.ts";
import { registerDeployment } from "../../../server/deployment/register-deployment.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { automation } from "../../support/engine.ts";
import { type ServerProcess, serverProcess } from "../../support/server-process.ts";
import { logClock } from "../../support/virtual-log.ts";
import { ask, until } from "../../support/wire.ts";

const keys = 50;
const calls = 100;
const perCall = 50;
const kills = 10;

let database: TestDatabase;
let ctx: TestContext;
let servers: [ServerProcess, ServerProcess];

beforeAll(async () => {
  database = await createTestDatabase();
  ctx = await createTestContext({}, database.url);
  servers = [await serverProcess(database.url), await serverProcess(database.url)];
  for (const server of servers) await server.start();
});
afterAll(async () => {
  for (const server of servers) await server.stop();
  await ctx.close();
  await database.drop();
});

/** Asks one server or the other until one has taken the events: their ids make it safe to ask again. */
async function emit(events: object[]): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const server = servers[attempt % 2];
    try {
      const answer = await ask(
        server?.url ?? "",
        "mutation ($events: [EventInput!]!) { emitEvents(events: $events) { results { __typename } } }",
        { events },
      );
      if (answer.errors === undefined) return;
    } catch (error) {
      if (attempt > 200) throw error;
    }
    await sleep(50);
  }
}

describe("two servers on one log, of which now one, now the other is killed", () => {
  it("fire what a backtest of the log gives, one to one, and carry each action out once", async () => {
    const { id: deployment } = await registerDeployment(ctx, {
      deployment: { flowName: "counted", name: "main" },
    });
    const threes = await automation(ctx, {
      trigger: { expect: ["step"], threshold: 3, for_each: ["prefect.resource.id"] },
    });
    const runs = await automation(ctx, {
      trigger: {
        type: "sequence",
        within: 60,
        triggers: [
          { expect: ["step"], threshold: 40 },
          { expect: ["turn"], threshold: 20 },
        ],
      },
      actions: [{ type: "run-deployment", deployment_id: deployment, parameters: { by: "{{ event.id }}" } }],
    });
    const silences = await automation(ctx, {
      trigger: {
        posture: "Proactive",
        after: ["step"],
        expect: ["turn"],
        within: 10,
        for_each: ["prefect.resource.id"],
      },
    });
    const start = await logClock(ctx);

    let sent = false;
    const emitting = (async () => {
      for (let call = 0; call < calls; call++) {
        await emit(
          Array.from({ length: perCall }, (_, index) => ({
            id: randomUUID(),
            event: (call * perCall + index * 7) % 5 === 0 ? "turn" : "step",
            resource: { "prefect.resource.id": `key.${(call * 13 + index) % keys}` },
          })),
        );
        await sleep(100);
      }
      sent = true;
    })();
    for (let kill = 0; kill < kills; kill++) {
      const server = servers[kill % 2];
      await sleep(300 + kill * 70);
      await server?.kill();
      await server?.start();
    }
    await emitting;
    expect(sent).toBe(true);

    await until("every window has ended and everything is carried out", isOver, 200_000);
    const end = await logClock(ctx);
    const stored = await ctx.db.query<{ id: string; automationId: string }>(
      sql`SELECT id, automation_id FROM firing ORDER BY id`,
    );
    for (const automationId of [threes, runs, silences]) {
      const began = await ctx.db.query<{ received: Date }>(sql`
        SELECT e.received FROM automation_version v JOIN event e ON e.id = v.event_id WHERE v.automation_id = ${automationId}::uuid`);
      const { firings } = await backtest(ctx, {
        automationId,
        start: began[0]?.received ?? new Date(start),
        until: new Date(end),
      });
      expect(firings.length).toBeGreaterThan(0);
      expect(stored.filter((firing) => firing.automationId === automationId).map(({ id }) => id)).toEqual(
        firings.map(({ id }) => id).sort(),
      );
    }
    expect(await carriedOutOtherThanOnce()).toEqual([]);
    const made = await ctx.prisma.flowRun.count({ where: { deploymentId: deployment } });
    expect(made).toBe(stored.filter(({ automationId }) => automationId === runs).length);
  }, 400_000);
});

async function isOver(): Promise<boolean> {
  const [now] = await ctx.db.query<{ over: boolean }>(sql`
    SELECT (SELECT position FROM evaluator) >= (SELECT position FROM event_log)
      AND NOT EXISTS (SELECT FROM bucket WHERE due_at IS NOT NULL)
      AND NOT EXISTS (SELECT FROM action_run WHERE status <> 'SUCCEEDED') AS over`);
  return now?.over ?? false;
}

/** Action runs of which not exactly one event tells that they were carried out. */
function carriedOutOtherThanOnce(): Promise<unknown[]> {
  return ctx.db.query(sql`
    SELECT r.id, count(e.id) FROM action_run r
    LEFT JOIN event e ON e.event = 'prefect.automation.action.executed' AND e.payload->>'invocation' = r.id::text
    GROUP BY r.id HAVING count(e.id) <> 1`);
}
