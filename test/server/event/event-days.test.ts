import sql from "sql-template-tag";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { readEvents } from "../../../server/event/read-events.ts";
import { keepEventDays } from "../../../server/worker/keep-event-days.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";

let ctx: TestContext;
let told: string[] = [];

beforeAll(async () => {
  ctx = await createTestContext({ ANTIPHON_EVENT_RETENTION: "3" });
});
afterAll(() => ctx.close());
beforeEach(async () => {
  told = [];
  for (const name of await days()) await ctx.prisma.$executeRawUnsafe(`DROP TABLE ${name}`);
});

const keep = () => keepEventDays(ctx, (what) => told.push(what));

/** The name of the partition of so many days ago. */
function name(daysAgo: number): string {
  const day = new Date(Date.now() - daysAgo * 24 * 3_600_000).toISOString().slice(0, 10);
  return `event_${day.replaceAll("-", "")}`;
}

async function days(): Promise<string[]> {
  const rows = await ctx.db.query<{ name: string }>(
    sql`SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname ~ '^event_[0-9]{8}$' ORDER BY 1`,
  );
  return rows.map((row) => row.name);
}

/** An event that was stored so many days ago. */
async function storedBefore(daysAgo: number, position: number): Promise<string> {
  const id = ctx.newId();
  const received = new Date(Date.now() - daysAgo * 24 * 3_600_000);
  await ctx.db.query(sql`SELECT create_event_day((${received}::timestamptz AT TIME ZONE 'UTC')::date)::text`);
  await ctx.db.query(sql`
    INSERT INTO event (day, id, position, occurred, received, event, resource, related, payload)
    VALUES ((${received}::timestamptz AT TIME ZONE 'UTC')::date, ${id}::uuid, ${position}, ${received}, ${received}, 'old',
      '{"prefect.resource.id":"x"}', '[]', '{}')`);
  return id;
}

async function passed(position: number): Promise<void> {
  await ctx.db.query(sql`UPDATE evaluator SET position = ${position}`);
}

describe("the days of events", () => {
  it("are there before they begin, also when several servers make them at once", async () => {
    await Promise.all([keep(), keep(), keep()]);
    expect(await days()).toEqual([name(0), name(-1), name(-2)]);
    expect(told).toEqual([]);
  });

  it("are made by the first event where nobody has", async () => {
    await emitEvent(ctx, { event: "first", resource: { "prefect.resource.id": "x" } });
    expect(await days()).toEqual([name(0)]);
  });

  it("have all the indexes of the log", async () => {
    await keep();
    const rows = await ctx.db.query<{ own: number; log: number }>(sql`
      SELECT (SELECT count(*) FROM pg_index WHERE indrelid = ${name(0)}::regclass) AS own,
        (SELECT count(*) FROM pg_index WHERE indrelid = 'event'::regclass) AS log`);
    expect(rows[0]?.own).toBe(rows[0]?.log);
  });

  it("are dropped when they are older than the setting says, and only then", async () => {
    const [old, kept] = [await storedBefore(4, 1), await storedBefore(3, 2)];
    await passed(1);
    await keep();
    expect(await days()).toEqual([name(3), name(0), name(-1), name(-2)]);
    expect((await readEvents(ctx, [old, kept])).map((event) => event?.position)).toEqual([undefined, 2]);
    expect(told).toEqual([]);
  });

  it("triggers 19.12: stay as long as triggers have not judged them, which is told", async () => {
    await storedBefore(9, 1);
    await storedBefore(8, 2);
    await passed(1);
    await keep();
    expect(await days()).toContain(name(8));
    expect(await days()).not.toContain(name(9));
    expect(told).toEqual([expect.stringMatching(/too old to be kept.*up to position 1 of 2/)]);
    await passed(2);
    await keep();
    expect(await days()).not.toContain(name(8));
  });

  it("are dropped whole where a server was killed in the middle of it", async () => {
    await storedBefore(5, 1);
    await storedBefore(6, 2);
    await passed(2);
    await ctx.prisma.$executeRawUnsafe(`ALTER TABLE event DETACH PARTITION ${name(5)}`);
    await keep();
    expect(await days()).toEqual([name(0), name(-1), name(-2)]);
  });

  it("can be dropped while somebody reads events and others write them", async () => {
    await storedBefore(5, 1);
    await passed(1);
    let dropping: Promise<unknown> | undefined;
    await ctx.db.transaction(async (tx) => {
      await tx.query(sql`SELECT count(*) FROM event`);
      dropping = keep();
      await emitEvent(ctx, { event: "meanwhile", resource: { "prefect.resource.id": "x" } });
      await ctx.db.query(sql`SELECT count(*) FROM event`);
    });
    await dropping;
    expect(await days()).not.toContain(name(5));
  });
});
