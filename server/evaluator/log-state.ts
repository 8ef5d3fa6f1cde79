import sql, { type Sql } from "sql-template-tag";
import type { Gap } from "../../core/event-log/gap.ts";
import type { HeldEvent } from "../../core/event-log/held-event.ts";
import type { HeldChanges } from "../../core/event-log/held-events.ts";
import type { LogState } from "../../core/event-log/log-state.ts";
import type { Executor } from "../db.ts";
import { downtimeSeconds, leaseSeconds, partition } from "./lease.ts";

/** The lease was lost: another holds it, or may. What was not committed never happened. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/** The code by which the database refuses whose lease is over. */
const leaseOver = "AL001";

export async function readLogState(db: Executor): Promise<LogState> {
  const [row] = await db.query<{
    position: number;
    wall: Date | null;
    eventClock: Date | null;
    advancedAt: Date | null;
  }>(sql`SELECT position, wall, event_clock, advanced_at FROM evaluator WHERE partition = ${partition}`);
  if (row === undefined) throw new Error(`the database has no evaluator of partition ${partition}`);
  return {
    position: row.position,
    wall: row.wall?.getTime() ?? null,
    eventClock: row.eventClock?.getTime() ?? null,
    advancedAt: row.advancedAt?.getTime() ?? null,
  };
}

/**
 * The statement that moves the evaluator on, as the first of the transaction that writes all else: nobody else can from here on. It fails
 * where this epoch is over; {@link leaseLost} knows it.
 *
 * @param fired how many firings that transaction stores
 */
export function moveOn({
  epoch,
  from,
  to,
  fired,
}: {
  epoch: number;
  from: number;
  to: LogState;
  fired: number;
}): Sql {
  return sql`
    WITH moved AS (
      UPDATE evaluator SET position = ${to.position}, wall = ${instant(to.wall)}, event_clock = ${instant(to.eventClock)},
        advanced_at = ${instant(to.advancedAt)}, firings = firings + ${fired}, lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
      WHERE partition = ${partition} AND epoch = ${epoch} AND position = ${from} AND lease_until > clock_timestamp() - ${downtimeSeconds} * interval '1 second'
      RETURNING partition)
    SELECT refuse(${leaseOver}, ${`the lease of epoch ${epoch} is over`}) WHERE NOT EXISTS (SELECT FROM moved)`;
}

/** The position of the last firing before those for which {@link moveOn} made place in the same transaction. */
export function firingsBefore(fired: number): Sql {
  return sql`(SELECT firings - ${fired}::bigint FROM evaluator WHERE partition = ${partition})`;
}

/** What a transaction was refused for, told as a lost lease where it is one. */
export function leaseLost(cause: unknown): unknown {
  const over = cause instanceof Error && "code" in cause && cause.code === leaseOver;
  return over ? new LeaseLost(cause.message) : cause;
}

/** Makes sure that the epoch goes on, within a transaction that writes without moving on. @throws LeaseLost */
export async function renewWithin(tx: Executor, epoch: number): Promise<void> {
  const renewed = await tx.query(sql`
    UPDATE evaluator SET lease_until = clock_timestamp() + ${leaseSeconds} * interval '1 second'
    WHERE partition = ${partition} AND epoch = ${epoch} AND lease_until > clock_timestamp() - ${downtimeSeconds} * interval '1 second' RETURNING position`);
  if (renewed.length === 0) throw new LeaseLost(`the lease of epoch ${epoch} is over`);
}

/** The gaps that end behind an instant, in order. */
export async function readGaps(db: Executor, behind: number): Promise<Gap[]> {
  const rows = await db.query<{ from: Date; to: Date }>(sql`
    SELECT "from", "to" FROM evaluator_gap WHERE partition = ${partition} AND "to" > ${new Date(behind)} ORDER BY "from"`);
  return rows.map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() }));
}

export async function readHeld(db: Executor): Promise<HeldEvent[]> {
  const rows = await db.query<
    Omit<HeldEvent, "received" | "occurred"> & { received: Date; occurred: Date }
  >(sql`
    SELECT id, position, follows, received, occurred FROM held_event WHERE partition = ${partition} ORDER BY position`);
  return rows.map((row) => ({
    ...row,
    received: row.received.getTime(),
    occurred: row.occurred.getTime(),
  }));
}

export function writeHeld({ held, released }: HeldChanges): Sql[] {
  const statements: Sql[] = [];
  if (released.length > 0)
    statements.push(sql`
      DELETE FROM held_event WHERE partition = ${partition} AND position = ANY (${[...released]}::bigint[])`);
  if (held.length > 0)
    statements.push(sql`
      INSERT INTO held_event (partition, position, id, follows, received, occurred)
      SELECT ${partition}, * FROM unnest(${held.map(({ position }) => position)}::bigint[], ${held.map(({ id }) => id)}::uuid[],
        ${held.map(({ follows }) => follows)}::uuid[], ${held.map(({ received }) => new Date(received))}::timestamptz[],
        ${held.map(({ occurred }) => new Date(occurred))}::timestamptz[])`);
  return statements;
}

/**
 * Reads the log's clock, where the log ends at `position`: whatever is stored from now on is received no earlier.
 *
 * @returns null where the log has grown
 */
export async function readClock(db: Executor, position: number): Promise<number | null> {
  const [read] = await db.query<{ received: Date }>(sql`
    UPDATE event_log SET received = GREATEST(date_trunc('milliseconds', clock_timestamp()), received)
    WHERE id = 1 AND position = ${position} RETURNING received`);
  return read?.received.getTime() ?? null;
}

function instant(milliseconds: number | null): Date | null {
  return milliseconds === null ? null : new Date(milliseconds);
}
