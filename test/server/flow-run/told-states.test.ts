import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import sql from "sql-template-tag";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { until } from "../../support/wire.ts";

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

const script = fileURLToPath(new URL("../../support/busy-runs.ts", import.meta.url));

/** One server's worth of verbs, in a process that can be killed. */
class Busy {
  output = "";
  readonly #child: ChildProcess;

  constructor() {
    this.#child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), script, database.url], {
      stdio: ["pipe", "pipe", "pipe"],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on("data", (text: Buffer) => {
        this.output += text;
      });
    }
  }

  async hasDone(much: number): Promise<void> {
    const done = () => Number(/.*done (\d+)/s.exec(this.output)?.[1] ?? 0);
    await until(`${much} things are done`, () => done() >= much, 100_000).catch((error) => {
      throw new Error(`${error.message}; it said:\n${this.output}`);
    });
  }

  /** As the kernel ends it: whatever it is doing stays half done, if it can. */
  async kill(): Promise<void> {
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await gone;
  }
}

describe("inputs 73: whatever two servers do, killed at any moment", () => {
  it("every state has exactly one event, in the order of its run's states; so have questions and messages", async () => {
    const output: string[] = [];
    for (let round = 0; round < 2; round++) {
      const servers = [new Busy(), new Busy()];
      await Promise.all(servers.map((server) => server.hasDone(150)));
      for (const server of servers) {
        await server.kill();
        output.push(server.output);
      }
    }
    // Deadlocks and other failures, but not what a process prints when it is killed.
    expect(output.join("").match(/failed: .*/g) ?? []).toEqual([]);
    // A statement that was under way when its client died may end yet.
    await until("nothing is under way", async () => (await underWay()) === 0);

    const [states] = await ctx.db.query<{ states: number; kinds: number; wrong: number }>(sql`
      SELECT count(*) AS states, count(DISTINCT s.name) AS kinds,
        count(*) FILTER (WHERE (SELECT count(*) FROM event e WHERE e.id = s.id AND e.event = 'prefect.flow-run.' || s.name
          AND e.occurred = s.timestamp AND e.resource->>'prefect.resource.id' = 'prefect.flow-run.' || s.flow_run_id) <> 1) AS wrong
      FROM flow_run_state s`);
    expect(states?.wrong).toBe(0);
    expect(states?.kinds).toBeGreaterThan(8);
    const [events] = await ctx.db.query<{ events: number; disordered: number }>(sql`
      SELECT count(*) AS events, count(*) FILTER (WHERE occurred <= before) AS disordered FROM (
        SELECT occurred, lag(occurred) OVER (PARTITION BY resource->>'prefect.resource.id' ORDER BY position) AS before
        FROM event WHERE event LIKE 'prefect.flow-run.%') e`);
    expect(events).toEqual({ events: states?.states, disordered: 0 });
    const told = await ctx.db.query<{ event: string; count: number }>(sql`
      SELECT replace(event, 'prefect.flow-run-input.', '') AS event, count(*) FROM event
      WHERE event LIKE 'prefect.flow-run-input.%' GROUP BY 1`);
    const [rows] = await ctx.db.query<Record<string, number>>(sql`
      SELECT (SELECT count(*) FROM pause WHERE input_type IS NOT NULL) AS requested,
        (SELECT count(*) FROM pause WHERE input_type IS NOT NULL AND status = 'ANSWERED') AS responded,
        (SELECT count(*) FROM pause WHERE input_type IS NOT NULL AND status = 'EXPIRED') AS expired,
        (SELECT count(*) FROM run_input WHERE kind = 'MESSAGE') AS sent,
        (SELECT count(*) FROM run_input WHERE status = 'DELIVERED') AS consumed`);
    const counts = Object.fromEntries(told.map(({ event, count }) => [event, count]));
    expect({ ...nothing, ...counts }).toEqual(rows);
    expect(counts.requested).toBeGreaterThan(5);
    const [log] = await ctx.db.query<Record<string, number>>(sql`
      SELECT max(position) - count(*) AS missing, count(*) - count(DISTINCT position) AS doubled,
        count(*) FILTER (WHERE received < before) AS fallen,
        max(position) - (SELECT position FROM event_log) AS behind
      FROM (SELECT position, received, lag(received) OVER (ORDER BY position) AS before FROM event) e`);
    expect(log).toEqual({ missing: 0, doubled: 0, fallen: 0, behind: 0 });
  }, 400_000);
});

const nothing = { requested: 0, responded: 0, expired: 0, sent: 0, consumed: 0 };

async function underWay(): Promise<number> {
  const [row] = await ctx.db.query<{ busy: number }>(sql`
    SELECT count(*) AS busy FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`);
  return row?.busy ?? 0;
}
