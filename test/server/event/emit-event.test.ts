import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InvalidInputError } from "../../../core/error.ts";
import type { NewEvent } from "../../../core/event/new-event.ts";
import type { GivenEvent } from "../../../core/event/parse-event.ts";
import { appendEvents } from "../../../server/event/append-events.ts";
import { emitEvent, emitEvents } from "../../../server/event/emit-event.ts";
import { keptRange, readLog } from "../../../server/event/read-log.ts";
import type { EventRow } from "../../../server/event/row.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";
import { createTestDatabase, type TestDatabase } from "../../support/database.ts";
import { seedRun } from "../../support/seed.ts";
import { within } from "../../support/wire.ts";

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

const resource = { "prefect.resource.id": "x" };
const happened = (more: Partial<GivenEvent> = {}): GivenEvent => ({ event: "happened", resource, ...more });
const own = (): NewEvent => ({
  id: v7(),
  event: "own",
  occurred: new Date(),
  resource,
  related: [],
  payload: {},
  follows: null,
  chain: [],
});

async function logBehind(position: number): Promise<EventRow[]> {
  return (await readLog(ctx.db, sql`e.position > ${position}`, { order: "asc", limit: 10_000 })).rows;
}

async function end(): Promise<number> {
  return (await keptRange(ctx.db)).last;
}

describe("an emitted event", () => {
  it("is stored as it was given, its labels and its payload in their order", async () => {
    const given = happened({
      id: randomUUID(),
      resource: { z: "1", "prefect.resource.id": "é", a: "" },
      related: [{ "prefect.resource.role": "r", "prefect.resource.id": "y" }],
      payload: { z: [1.5, null, { "'": '"\\' }], a: "line\nbreak" },
      occurred: new Date("0999-01-01T00:00:00.123Z"),
      follows: randomUUID(),
    });
    const stored = await emitEvent(ctx, given);
    expect(await logBehind(stored.position - 1)).toEqual([stored]);
    expect(stored).toMatchObject(given);
    expect(JSON.stringify(stored.resource)).toBe(JSON.stringify(given.resource));
    expect(JSON.stringify(stored.payload)).toBe(JSON.stringify(given.payload));
  });

  it("triggers 11: of a known id stores nothing and answers the stored event, also if the rest differs", async () => {
    const id = randomUUID();
    const first = await emitEvent(ctx, happened({ id, payload: { a: 1 } }));
    const again = await emitEvent(ctx, {
      id: id.toUpperCase(),
      event: "other",
      resource: { "prefect.resource.id": "y" },
    });
    expect(again).toEqual(first);
    expect(await end()).toBe(first.position);
  });

  it("triggers 11: of one id, sent by many at once, is stored once, and all are answered the same", async () => {
    const other = await createTestContext({}, database.url);
    try {
      for (let round = 0; round < 10; round++) {
        const before = await end();
        const id = randomUUID();
        const answers = await Promise.all(
          Array.from({ length: 16 }, (_, n) =>
            emitEvent(n % 2 ? ctx : other, happened({ id, payload: { n } })),
          ),
        );
        for (const answer of answers) expect(answer).toEqual(answers[0]);
        expect(await logBehind(before)).toEqual([answers[0]]);
      }
    } finally {
      await other.close();
    }
  });

  it("triggers 1: may have 1,500,000 bytes as JSON, and is refused with more", async () => {
    const [fits, tooLarge] = await emitEvents(ctx, [
      happened({ payload: { text: "x".repeat(1_499_600) } }),
      happened({ payload: { text: "ä".repeat(750_000) } }),
    ]);
    expect(fits).toMatchObject({ event: "happened" });
    expect(tooLarge).toBeInstanceOf(InvalidInputError);
    expect(String(tooLarge)).toMatch(/is 1500\d\d\d bytes of JSON; at most 1500000/);
  });

  it("may have labels and a name longer than an index takes", async () => {
    const random = Array.from({ length: 20_000 }, () =>
      String.fromCodePoint(0x4e00 + Math.floor(Math.random() * 20_000)),
    );
    const given = happened({
      event: random.slice(0, 1024).join(""),
      resource: { "prefect.resource.id": random.join("") },
    });
    expect(await emitEvent(ctx, given)).toMatchObject(given);
  });

  it("stands although the database refuses another one of the same batch", async () => {
    await ctx.prisma.$executeRawUnsafe(
      `ALTER TABLE event ADD CONSTRAINT test CHECK (10 / (CASE event WHEN 'poison' THEN 0 ELSE 1 END) > 0)`,
    );
    const before = await end();
    const names = ["a", "b", "poison", "c", "d"];
    const results = await Promise.allSettled(names.map((event) => emitEvent(ctx, happened({ event }))));
    await ctx.prisma.$executeRawUnsafe("ALTER TABLE event DROP CONSTRAINT test");
    expect(results.map(({ status }) => status)).toEqual(
      names.map((name) => (name === "poison" ? "rejected" : "fulfilled")),
    );
    expect((await logBehind(before)).map(({ event }) => event)).toEqual(["a", "b", "c", "d"]);
  });
});

describe("an event that the code of a run emits", () => {
  it("is related to the run, its flow and its tags, those left out that it names itself", async () => {
    const chain = [randomUUID()];
    const run = await seedRun(ctx, "shop", { tags: ["b", "a"], chain });
    const named = { "prefect.resource.id": "prefect.tag.a", "prefect.resource.role": "mine" };
    const stored = await emitEvent(ctx, happened({ related: [named] }), { flowRunId: run.id.toUpperCase() });
    expect(
      stored.related.map((labels) => [labels["prefect.resource.id"], labels["prefect.resource.role"]]),
    ).toEqual([
      ["prefect.tag.a", "mine"],
      [`prefect.flow-run.${run.id}`, "flow-run"],
      [`prefect.flow.${run.flowId}`, "flow"],
      ["prefect.tag.b", "tag"],
    ]);
    expect(await logBehind(stored.position - 1)).toEqual([stored]);
    const [row] = await ctx.db.query<{ chain: string[] }>(
      sql`SELECT chain FROM event WHERE id = ${stored.id}::uuid`,
    );
    expect(row?.chain).toEqual(chain);
  });

  it("has no more than 100 related resources for it", async () => {
    const run = await seedRun(ctx, "shop", { tags: ["a"] });
    const related = Array.from({ length: 99 }, (_, n) => ({
      "prefect.resource.id": `${n}`,
      "prefect.resource.role": "r",
    }));
    expect((await emitEvent(ctx, happened({ related }), { flowRunId: run.id })).related).toHaveLength(100);
  });

  it("is refused where there is no such run", async () => {
    for (const flowRunId of ["x", randomUUID()])
      await expect(emitEvent(ctx, happened(), { flowRunId })).rejects.toMatchObject({
        issues: [{ path: ["flowRunId"] }],
      });
  });
});

describe("the order of the log", () => {
  it("is the order of commits, with times that never fall, also with committers that are slow", async () => {
    const before = await end();
    const seen: EventRow[] = [];
    let done = false;
    const reader = (async () => {
      while (!done) {
        const at = seen.at(-1)?.position ?? before;
        seen.push(...(await logBehind(at)));
      }
    })();
    /** Holds what it has written for a while before it appends to the log and commits. */
    const slow = async (n: number) => {
      await ctx.db.transaction(async (tx) => {
        await tx.query(sql`SELECT next_flow_run_position(), pg_sleep(${0.002 * (n % 5)})::text`);
        tx.last(appendEvents([own(), own()]));
      });
    };
    const fast = (n: number) =>
      emitEvents(ctx, [happened({ payload: { n } }), happened(n % 3 ? {} : { id: randomUUID() })]);
    await Promise.all(Array.from({ length: 200 }, (_, n) => (n % 4 === 0 ? slow(n) : fast(n))));
    const last = await end();
    done = true;
    await within("the reader ends", reader);
    seen.push(...(await logBehind(seen.at(-1)?.position ?? before)));
    // Whoever reads behind the last event that it has seen misses none.
    expect(seen.map(({ position }) => position)).toEqual(
      Array.from({ length: last - before }, (_, n) => before + 1 + n),
    );
    expect(last - before).toBe(400);
    const received = seen.map((row) => row.received.getTime());
    expect(received).toEqual(received.toSorted((a, b) => a - b));
  });

  it("is the order in which one server was called, also of calls that are too large for one statement", async () => {
    const before = await end();
    const payload = { text: "x".repeat(700_000) };
    const calls = Array.from({ length: 12 }, (_, n) => [
      happened({ event: `${n}.first`, ...(n % 3 === 0 && { payload }) }),
      happened({ event: `${n}.second`, ...(n % 2 === 0 && { id: randomUUID() }) }),
    ]);
    await Promise.all(calls.map((events) => emitEvents(ctx, events)));
    const names: string[] = [];
    for (let at = before; at < (await end()); ) {
      const rows = await logBehind(at);
      names.push(...rows.map(({ event }) => event));
      at = rows.at(-1)?.position ?? Number.POSITIVE_INFINITY;
    }
    expect(names).toEqual(calls.flat().map(({ event }) => event));
  });

  it("does not wait for a transaction that has written, and not yet appended", async () => {
    await ctx.db.transaction(async (tx) => {
      await tx.query(sql`SELECT next_flow_run_position()`);
      tx.last(appendEvents([own()]));
      await within("an event of somebody else is stored", emitEvent(ctx, happened()));
    });
  });
});
