import { randomUUID } from "node:crypto";
import fc from "fast-check";
import sql from "sql-template-tag";
import type { Context } from "../../server/context.ts";

/** Something that happened, and when that came to be known. Times in seconds. */
export interface Happening {
  event: string;
  thing: string;
  /** Since the one before was received. */
  seconds: number;
  /** From when it occurred until it was received. */
  late: number;
  /** Which of them it follows: so many places on or back. */
  follows: number | null;
}

/** What happened within an hour: told late, in another order, some of it before what it follows and some without it ever. */
export const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.record({
    event: fc.constantFrom("a", "b", "c", "d"),
    thing: fc.constantFrom("thing.1", "thing.2"),
    /** Since the one before was received. */
    seconds: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 1200 })),
    /** Until it is received. */
    late: fc.oneof(fc.constant(0), fc.integer({ min: -10, max: 30 }), fc.integer({ min: 0, max: 900 })),
    follows: fc.option(fc.integer({ min: -3, max: 3 }), { freq: 3 }),
  }),
  { minLength: 30, maxLength: 60 },
);

/** Seconds from the beginning, in which nobody evaluated. */
export const downtimes: fc.Arbitrary<[after: number, lasted: number][]> = fc.array(
  fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 11, max: 1500 })),
  {
    maxLength: 2,
  },
);

/** Writes a past into the log: the automations were created at `start`, and then this happened. */
export async function letItHaveHappened(
  ctx: Context,
  happened: readonly Happening[],
  gaps: readonly [after: number, lasted: number][],
  start: Date,
) {
  // It may reach over midnight.
  for (const day of [start, new Date()])
    await ctx.db.query(sql`SELECT create_event_day((${day}::timestamptz AT TIME ZONE 'UTC')::date)`);
  await ctx.db.query(
    sql`UPDATE event SET occurred = ${start}, received = ${start}, day = (${start}::timestamptz AT TIME ZONE 'UTC')::date`,
  );
  const ids = happened.map(() => randomUUID());
  const [log] = await ctx.db.query<{ position: number }>(sql`SELECT position FROM event_log`);
  let position = log?.position ?? 0;
  let received = start.getTime();
  for (const [index, { event, thing, seconds, late, follows }] of happened.entries()) {
    received = Math.min(received + seconds * 1000, Date.now());
    position += 1;
    const at = new Date(received);
    await ctx.db.query(sql`
      INSERT INTO event (day, id, position, occurred, received, event, resource, related, payload, follows, chain)
      VALUES ((${at}::timestamptz AT TIME ZONE 'UTC')::date, ${ids[index]}::uuid, ${position}, ${new Date(received - late * 1000)}, ${at}, ${event},
        ${JSON.stringify({ "prefect.resource.id": thing })}::json, '[]', '{}',
        ${follows === null ? null : (ids[index + follows] ?? randomUUID())}::uuid, '{}')`);
  }
  await ctx.db.query(sql`UPDATE event_log SET position = ${position}, received = ${new Date(received)}`);
  let end = start.getTime();
  for (const [after, lasted] of gaps) {
    const from = new Date(end + after * 1000);
    end = from.getTime() + lasted * 1000;
    await ctx.db.query(sql`INSERT INTO evaluator_gap VALUES (0, ${from}, ${new Date(end)})`);
  }
}
