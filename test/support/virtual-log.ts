import { randomUUID } from "node:crypto";
import sql from "sql-template-tag";
import type { Labels } from "../../core/event/event.ts";
import type { Context } from "../../server/context.ts";
import { giveLeaseBack, takeLease } from "../../server/evaluator/lease.ts";
import { LeaseKeeper } from "../../server/evaluator/lease-keeper.ts";
import { Session } from "../../server/evaluator/session.ts";
import { appendEvents } from "../../server/event/append-events.ts";
import { until } from "./wire.ts";

/** An event of a log whose clock a test sets. */
export interface TimedEvent {
  /** Milliseconds since 1970. */
  received: number;
  /** Default: when it was received. */
  occurred?: number;
  event: string;
  resource: Labels;
  related?: Labels[];
  id?: string;
  follows?: string | null;
}

/** What the log's clock shows: as it never falls, a test may set it forward, and whatever follows is received no earlier. */
export async function logClock(ctx: Context): Promise<number> {
  const [row] = await ctx.db.query<{ now: Date }>(
    sql`SELECT GREATEST(date_trunc('milliseconds', clock_timestamp()), received) AS now FROM event_log`,
  );
  return row?.now.getTime() ?? 0;
}

/** Sets the log's clock forward. */
export async function setLogClock(ctx: Context, to: number): Promise<void> {
  await ctx.db.query(sql`UPDATE event_log SET received = GREATEST(received, ${new Date(to)})`);
  ctx.bus.notify("events");
}

/** Stores events as received at instants that lie ahead of the clock and do not fall. */
export async function appendAt(ctx: Context, events: readonly TimedEvent[]): Promise<void> {
  for (const { received, occurred, event, resource, related, id, follows } of events) {
    const stored = {
      id: id ?? randomUUID(),
      event,
      resource,
      related: related ?? [],
      occurred: new Date(occurred ?? received),
      payload: {},
      follows: follows ?? null,
      chain: [],
    };
    await ctx.db.transaction(async (tx) => {
      await tx.query(sql`UPDATE event_log SET received = GREATEST(received, ${new Date(received)})`);
      tx.last(appendEvents([stored]));
    });
  }
  ctx.bus.notify("events");
}

/** Takes the lease; rejects where somebody keeps it. */
export async function holdLease(ctx: Context): Promise<number> {
  let epoch = 0;
  await until("the lease of the evaluator is free", async () => {
    const attempt = await takeLease(ctx.db, randomUUID());
    if ("epoch" in attempt) epoch = attempt.epoch;
    return "epoch" in attempt;
  });
  return epoch;
}

/** Judges what the log has, up to its clock, and gives the lease back. @param turns at most so many, as if killed then */
export async function judgeAll(ctx: Context, turns = Number.POSITIVE_INFINITY): Promise<void> {
  const epoch = await holdLease(ctx);
  const nothing = () => undefined;
  const connect = () => ctx.db.connect();
  const keeper = new LeaseKeeper({ epoch, connect, onLost: nothing, report: nothing });
  const session = await Session.open(ctx, epoch, new Map());
  for (let turn = 0; turn < turns; turn++) if ((await session.turn()) > 0) break;
  await keeper.close();
  await giveLeaseBack(ctx.db, epoch);
}
