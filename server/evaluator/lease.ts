import sql from "sql-template-tag";
import type { Db } from "../db.ts";

/** The one partition of automations there is. */
export const partition = 0;

/** How long a lease lasts, in seconds; it is renewed every second. */
export const leaseSeconds = 3;

/**
 * A longer time without a lease is downtime, which the log's clock jumps (triggers.md §7.3). Until then a holder goes on with a lease that
 * has run out, where nobody has taken it: a commit that took long held up its renewal. Seconds.
 */
export const downtimeSeconds = 10;

/** What an attempt to take the lease came to. */
export type LeaseAttempt =
  /** Nobody else holds it any more: `epoch` fences everybody who held it before. */
  | { readonly epoch: number }
  /** It is somebody's for so many milliseconds, unless renewed. */
  | { readonly wait: number };

/**
 * Takes the lease where it has run out or was given back. A time of more than 10 s without one is recorded as a gap in the same
 * transaction.
 */
export async function takeLease(db: Db, holder: string): Promise<LeaseAttempt> {
  return db.transaction(async (tx) => {
    const [row] = await tx.query<{ epoch: number; until: Date | null }>(sql`
      SELECT epoch, lease_until AS until FROM evaluator WHERE partition = ${partition} FOR UPDATE`);
    // Apart: the row's lock may have been waited for.
    const [clock] = await tx.query<{ now: Date }>(
      sql`SELECT date_trunc('milliseconds', clock_timestamp()) AS now`,
    );
    if (row === undefined || clock === undefined)
      throw new Error(`the database has no evaluator of partition ${partition}`);
    const now = clock.now.getTime();
    const until = row.until?.getTime() ?? null;
    if (until !== null && until > now) return { wait: until - now };
    if (until !== null && now - until > downtimeSeconds * 1000) {
      await tx.query(sql`
        INSERT INTO evaluator_gap (partition, "from", "to") VALUES (${partition}, ${new Date(until)}, ${new Date(now)})`);
    }
    await tx.query(sql`
      UPDATE evaluator SET epoch = epoch + 1, holder = ${holder}::uuid,
        lease_until = ${new Date(now)}::timestamptz + ${leaseSeconds} * interval '1 second' WHERE partition = ${partition}`);
    return { epoch: row.epoch + 1 };
  });
}

/** Gives it back, so that another may take it at once. */
export async function giveLeaseBack(db: Db, epoch: number): Promise<void> {
  await db.query(sql`
    UPDATE evaluator SET lease_until = date_trunc('milliseconds', clock_timestamp())
    WHERE partition = ${partition} AND epoch = ${epoch} AND lease_until > clock_timestamp()`);
}
