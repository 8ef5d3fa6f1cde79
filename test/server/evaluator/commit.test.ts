import { randomUUID } from "node:crypto";
import sql, { type Sql } from "sql-template-tag";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { actionEventId, actionRunId } from "../../../core/action/action-run-id.ts";
import { firingEventId, firingId } from "../../../core/trigger/firing-id.ts";
import { LeaseLost } from "../../../server/evaluator/log-state.ts";
import { Session } from "../../../server/evaluator/session.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { automation, firingsOf, settled, startEngine } from "../../support/engine.ts";
import { appendAt, holdLease, judgeAll, logClock, setLogClock } from "../../support/virtual-log.ts";

let ctx: TestContext;
/** Milliseconds. */
let now: number;

beforeEach(async () => {
  ctx = await createTestContext();
  now = (await logClock(ctx)) + 60_000;
});
afterEach(() => ctx.close());

const thing = (name: string) => ({ "prefect.resource.id": name });
const threes = { expect: ["a"], threshold: 3, within: 600 };

/** An event so many seconds from now. */
async function happened(
  event: string,
  seconds: number,
  rest: { of?: string; id?: string; follows?: string } = {},
): Promise<string> {
  const { of = "thing", id = randomUUID(), follows } = rest;
  await appendAt(ctx, [{ received: now + seconds * 1000, event, resource: thing(of), id, follows }]);
  return id;
}

async function position(): Promise<number> {
  const [row] = await ctx.db.query<{ position: number }>(sql`SELECT position FROM evaluator`);
  return row?.position ?? 0;
}

async function endOfLog(): Promise<number> {
  const [row] = await ctx.db.query<{ position: number }>(sql`SELECT position FROM event_log`);
  return row?.position ?? 0;
}

/** How much there is of all that a batch writes. */
async function written() {
  const [row] = await ctx.db.query<Record<string, number>>(sql`
    SELECT (SELECT count(*) FROM bucket)::int AS buckets, (SELECT count(*) FROM trigger_memory)::int AS memories,
      (SELECT count(*) FROM held_event)::int AS held, (SELECT count(*) FROM firing)::int AS firings,
      (SELECT count(*) FROM action_run)::int AS runs, (SELECT count(*) FROM graphile_worker.jobs)::int AS jobs,
      (SELECT count(*) FROM event WHERE event = 'prefect.automation.triggered')::int AS told`);
  return row;
}

describe("triggers 19.4: the position", () => {
  it("is the last event taken in, be it judged, held or of no interest; a held one lies behind it, without its body", async () => {
    await automation(ctx, { trigger: { expect: ["a"] } });
    await happened("a", 0);
    await happened("of no interest", 1);
    const leader = randomUUID();
    const id = await happened("a", 2, { follows: leader });
    const end = await endOfLog();
    await judgeAll(ctx);
    expect(await ctx.prisma.heldEvent.findMany()).toEqual([
      {
        partition: 0,
        position: BigInt(end),
        id,
        follows: leader,
        received: new Date(now + 2_000),
        occurred: new Date(now + 2_000),
      },
    ]);
    // What the first came to is behind it in the log, and was taken in too.
    expect(await position()).toBe(await endOfLog());
    expect(await position()).toBeGreaterThan(end);
  });

  it("the body of a held event is read from the log when it is judged", async () => {
    const id = await automation(ctx, { trigger: { expect: ["a"], for_each: ["prefect.resource.id"] } });
    const leader = randomUUID();
    await happened("a", 0, { of: "held", follows: leader });
    await judgeAll(ctx);
    await happened("leader", 1, { id: leader });
    await judgeAll(ctx);
    expect(await firingsOf(ctx, id)).toMatchObject([{ triggeringLabels: { "prefect.resource.id": "held" } }]);
  });
});

describe("triggers 19.5: a commit", () => {
  /** Something of every kind to write. */
  async function plenty(): Promise<void> {
    await automation(ctx, { trigger: { expect: ["a"] } });
    await automation(ctx, { trigger: threes });
    await automation(ctx, {
      trigger: { type: "sequence", triggers: [{ expect: ["a"] }, { expect: ["b"] }] },
    });
    await judgeAll(ctx);
    await happened("a", 0);
    await happened("a", 1, { follows: randomUUID() });
  }
  const all = { buckets: 1, memories: 1, held: 1, firings: 1, runs: 1, jobs: 1, told: 1 };
  const nothing = { buckets: 0, memories: 0, held: 0, firings: 0, runs: 0, jobs: 0, told: 0 };

  it("is whole or is not: where its very last statement fails, nothing of it is there", async () => {
    await plenty();
    const before = await position();
    await ctx.db.query(sql`
      CREATE FUNCTION not_now() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'not now'; END $$`);
    await ctx.db.query(sql`
      CREATE TRIGGER not_now BEFORE INSERT ON event FOR EACH ROW WHEN (NEW.event = 'prefect.automation.triggered')
      EXECUTE FUNCTION not_now()`);
    await expect(judgeAll(ctx)).rejects.toThrow("not now");
    expect(await written()).toEqual(nothing);
    expect(await position()).toBe(before);
    await ctx.db.query(sql`DROP TRIGGER not_now ON event`);
    await ctx.db.query(sql`UPDATE evaluator SET lease_until = clock_timestamp()`);
    await judgeAll(ctx);
    expect(await written()).toEqual(all);
  });

  it("goes in the order of the locks: evaluator, state, held events, firings, action runs, jobs; and last the log", async () => {
    await plenty();
    const said: string[] = [];
    const say = (statement: Sql) => said.push(statement.text.replace(/\s+/g, " ").trim());
    const watched = {
      ...ctx,
      db: {
        ...ctx.db,
        transaction: <T>(work: Parameters<typeof ctx.db.transaction<T>>[0]) =>
          ctx.db.transaction<T>((tx) =>
            work({
              query: (statement) => {
                say(statement);
                return tx.query(statement);
              },
              all: (statements) => {
                for (const statement of statements) say(statement);
                return tx.all(statements);
              },
              last: (...statements) => {
                for (const statement of statements) say(statement);
                tx.last(...statements);
              },
            }),
          ),
      },
    };
    const session = await Session.open(watched, await holdLease(ctx), new Map());
    while ((await session.turn()) === 0);
    const written = /add_jobs|append_fresh_events|(?<=\bUPDATE )\w+|(?<=^INSERT INTO )\w+/;
    expect(said.map((text) => written.exec(text)?.[0])).toEqual([
      "evaluator",
      "bucket",
      "trigger_memory",
      "held_event",
      "firing",
      "action_run",
      "add_jobs",
      "append_fresh_events",
      // What came of that event: nothing.
      "evaluator",
    ]);
  });

  it("fails where the epoch is another's, whatever it would have written", async () => {
    await plenty();
    const old = await Session.open(ctx, await holdLease(ctx), new Map());
    await ctx.db.query(sql`UPDATE evaluator SET epoch = epoch + 1`);
    await expect(old.turn()).rejects.toBeInstanceOf(LeaseLost);
    expect(await written()).toEqual(nothing);
  });
});

describe("triggers 1, 5: an event without a date of its own, as some languages write it", () => {
  it.each([
    ["a first window", { within: 60 }, 1],
    ["a window in which more are needed", { threshold: 2, within: 60 }, 0],
    ["a watch", { posture: "Proactive", for_each: ["prefect.resource.id"], threshold: 2, within: 60 }, 1],
  ])("is judged like any other: %s", async (_, trigger, firings) => {
    const id = await automation(ctx, { trigger: { expect: ["a"], ...trigger } });
    const occurred = Date.parse("0001-01-01T00:00:00Z");
    await appendAt(ctx, [{ received: now, occurred, event: "a", resource: thing("thing") }]);
    await happened("another that shows what time it is", 1);
    await judgeAll(ctx);
    expect(await firingsOf(ctx, id)).toHaveLength(firings);
    expect(await position()).toBe(await endOfLog());
  });
});

describe("triggers 19.6: what is kept in memory", () => {
  it("counts from one portion of the log to the next, and ends with the epoch: what another counted meanwhile is read", async () => {
    const id = await automation(ctx, { trigger: threes });
    await happened("a", 0);
    const old = await Session.open(ctx, await holdLease(ctx), new Map());
    while ((await old.turn()) === 0);
    await ctx.db.query(sql`UPDATE evaluator SET lease_until = clock_timestamp()`);
    await happened("a", 1);
    await judgeAll(ctx);
    const third = await happened("a", 2);
    // It remembers one of them, and would count this as the second.
    await expect(old.turn()).rejects.toBeInstanceOf(LeaseLost);
    expect(await firingsOf(ctx, id)).toEqual([]);
    await judgeAll(ctx);
    expect(await firingsOf(ctx, id)).toMatchObject([{ triggeringEventId: third }]);
  });
});

describe("triggers 19.7: derived ids", () => {
  it("of a firing, its event, its action runs and their events follow from the automation and the cause alone", async () => {
    const id = await automation(ctx, {
      trigger: { type: "compound", require: "any", triggers: [{ expect: ["a"] }, { expect: ["a", "b"] }] },
      actions: [{ type: "do-nothing" }],
      actions_on_trigger: [{ type: "do-nothing" }],
    });
    const event = await happened("a", 0);
    const engine = await startEngine(ctx);
    await settled(ctx);
    await engine.close();
    const cause = { kind: "event", eventId: event, position: 1 } as const;
    const firings = [0, 1].map((n) => firingId({ automationId: id, triggerVersion: 1 }, cause, n));
    const runs = firings.flatMap((firing) => [
      actionRunId(firing, "actions", 0),
      actionRunId(firing, "actions_on_trigger", 0),
    ]);
    expect((await firingsOf(ctx, id)).map((firing) => firing.id)).toEqual(firings);
    const stored = await ctx.prisma.actionRun.findMany({ select: { id: true } });
    expect(stored.map((run) => run.id).sort()).toEqual(runs.toSorted());
    const told = await ctx.prisma.event.findMany({
      where: { event: { startsWith: "prefect.automation." }, NOT: { event: "prefect.automation.created" } },
      select: { id: true },
    });
    expect(told.map((one) => one.id).sort()).toEqual(
      [
        ...firings.map((firing) => firingEventId(firing, "Triggered")),
        ...runs.flatMap((run) => [actionEventId(run, "triggered", 1), actionEventId(run, "executed", 1)]),
      ].sort(),
    );
    expect([...firings, ...runs].filter((each) => each.charAt(14) !== "5")).toEqual([]);
  });

  it.each([
    { what: "an event", told: async () => void (await happened("a", 0)) },
    {
      what: "the end of a window",
      told: async () => {
        await happened("begun", 0);
        await setLogClock(ctx, now + 11_000);
      },
    },
  ])("what fired of $what is there once, also where its commit comes again after all", async ({ told }) => {
    await automation(ctx, { trigger: { expect: ["a"] } });
    await automation(ctx, {
      trigger: { posture: "Proactive", after: ["begun"], expect: ["ended"], within: 10 },
    });
    await judgeAll(ctx);
    const epoch = await holdLease(ctx);
    // Both have read the same state; neither knows of the other.
    const sessions = [
      await Session.open(ctx, epoch, new Map()),
      await Session.open(ctx, epoch, new Map()),
    ] as const;
    await told();
    const turns = await Promise.allSettled(
      sessions.map(async (session) => {
        while ((await session.turn()) === 0);
      }),
    );
    expect(turns.map(({ status }) => status)).toContain("fulfilled");
    await ctx.db.query(sql`UPDATE evaluator SET lease_until = clock_timestamp()`);
    await judgeAll(ctx);
    expect(await written()).toMatchObject({ firings: 1, runs: 1, told: 1 });
  });
});

describe("triggers 19.8: a composite", () => {
  it("is one row: each member's firing with its time, its number and its event; it outlives a restart", async () => {
    const id = await automation(ctx, {
      trigger: { type: "sequence", triggers: [{ expect: ["a"] }, { expect: ["b"] }, { expect: ["c"] }] },
    });
    const [a, b] = [await happened("a", 0), await happened("b", 1)];
    await judgeAll(ctx);
    const rows = await ctx.db.query<{ state: object }>(sql`SELECT state FROM trigger_memory`);
    expect(rows).toMatchObject([
      {
        state: {
          remembered: [
            { member: 0, order: 0, firing: { time: now, triggeringEventId: a }, counted: [a] },
            { member: 1, order: 1, firing: { time: now + 1_000, triggeringEventId: b }, counted: [b] },
          ],
        },
      },
    ]);
    const c = await happened("c", 2);
    await judgeAll(ctx);
    expect(await firingsOf(ctx, id)).toMatchObject([{ triggeringEventId: c, countedEventIds: [a, b, c] }]);
    expect(await ctx.db.query(sql`SELECT FROM trigger_memory`)).toEqual([]);
  });

  it("fires once where one event fires all its members, whose firings it uses up", async () => {
    const id = await automation(ctx, {
      trigger: {
        type: "compound",
        require: 2,
        triggers: [{ expect: ["a"] }, { expect: ["a"] }, { expect: ["a"] }],
      },
    });
    await happened("a", 0);
    await happened("a", 1);
    await judgeAll(ctx);
    expect(await firingsOf(ctx, id)).toHaveLength(2);
    expect(await ctx.db.query(sql`SELECT FROM trigger_memory`)).toEqual([]);
  });
});
