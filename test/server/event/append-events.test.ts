import sql from "sql-template-tag";
import { v7 } from "uuid";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import type { NewEvent } from "../../../core/event/new-event.ts";
import { type AppendedEvent, appendEvents } from "../../../server/event/append-events.ts";
import { emitEvent } from "../../../server/event/emit-event.ts";
import { createTestContext, type TestContext } from "../../support/context.ts";

let ctx: TestContext;
beforeAll(async () => {
  ctx = await createTestContext();
});
afterAll(() => ctx.close());

function happened(id = v7()): NewEvent {
  return {
    id,
    event: "test.happened",
    occurred: new Date(),
    resource: { "prefect.resource.id": "test" },
    related: [],
    payload: {},
    follows: null,
    chain: [],
  };
}

function append(events: NewEvent[], given: string[] = []): Promise<AppendedEvent[]> {
  return ctx.db.query<AppendedEvent>(appendEvents(events, new Set(given)));
}

describe("the log", () => {
  it("gives each event the next place, in the order of the batch, and a time that never falls", async () => {
    const batches = [[happened()], [happened(), happened(), happened()], [happened(), happened()]];
    const stored: AppendedEvent[] = [];
    for (const batch of batches) stored.push(...(await append(batch)));
    expect(stored.map(({ id }) => id)).toEqual(batches.flat().map(({ id }) => id));
    const first = stored[0]?.position ?? 0;
    expect(stored.map(({ position }) => position - first)).toEqual([0, 1, 2, 3, 4, 5]);
    const times = stored.map(({ received }) => received.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(stored.every(({ known }) => !known)).toBe(true);
  });

  it("triggers 11: stores a given id once, whether it is known or twice in one batch, and answers its place", async () => {
    const [known, fresh, ours] = [happened(), happened(), happened()];
    const [before] = await append([known], [known.id]);
    const again = await append([ours, known, fresh, fresh], [known.id, fresh.id]);
    const place = before?.position ?? 0;
    expect(again).toMatchObject([
      { id: ours.id, position: place + 1, known: false },
      { id: known.id, position: place, known: true, received: before?.received },
      { id: fresh.id, position: place + 2, known: false },
      { id: fresh.id, position: place + 2, known: true },
    ]);
    expect(await append([happened()])).toMatchObject([{ position: place + 3 }]);
  });

  it("finds what it looks up by an index, also where it was empty when the server began", async () => {
    const client = await ctx.db.connect();
    onTestFinished(() => client.end());
    await client.query("SET plan_cache_mode = force_generic_plan");
    const scans = async () => {
      await client.query("SELECT pg_stat_force_next_flush()");
      const { rows } = await client.query(
        "SELECT sum(seq_scan)::int AS scans FROM pg_stat_user_tables WHERE relname LIKE 'event_2%'",
      );
      return rows[0].scans as number; // what the statement selects
    };
    const before = await scans();
    for (let time = 0; time < 20; time++) {
      const [own, given] = [happened(), happened()];
      for (const statement of [appendEvents([own]), appendEvents([given], new Set([given.id]))])
        await client.query({ text: statement.text, values: statement.values });
    }
    expect(await scans()).toBe(before);
  });
});

describe("triggers 19.13: the log's lock", () => {
  it("is taken by one statement that commits by itself where nothing else is written", async () => {
    const query = vi.spyOn(ctx.db, "query");
    const transaction = vi.spyOn(ctx.db, "transaction");
    onTestFinished(() => void vi.restoreAllMocks());
    await emitEvent(ctx, { event: "alone", resource: { "prefect.resource.id": "test" } });
    expect(query).toHaveBeenCalledTimes(1);
    expect(transaction).not.toHaveBeenCalled();
  });

  it("is taken together with COMMIT where something is: a server that is busy in between stops nobody", async () => {
    const ours = happened();
    let theirs: { position: number } | undefined;
    await ctx.db.transaction(async (tx) => {
      await tx.query(sql`UPDATE server SET heartbeat_at = heartbeat_at`);
      tx.last(appendEvents([ours]));
      // Somebody else's event, stored and committed meanwhile.
      theirs = await emitEvent(ctx, { event: "between", resource: { "prefect.resource.id": "test" } });
    });
    const [stored] = await append([ours], [ours.id]);
    expect(stored).toMatchObject({ known: true, position: (theirs?.position ?? 0) + 1 });
  });
});
