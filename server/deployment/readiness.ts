import sql from "sql-template-tag";
import { readySeconds } from "../../core/work-pool/status.ts";
import type { Context } from "../context.ts";
import { appendEvents } from "../event/append-events.ts";
import { readTold, toldDeployment } from "./told-deployment.ts";

const mostAtOnce = 100;

/**
 * Somebody has asked for the runs of these deployments. Those that were not ready are from now on, told by one event each in the
 * transaction that makes them so; the others' time is written down every 10 s.
 */
export async function markDeploymentsPolled(ctx: Context, ids: readonly string[]): Promise<void> {
  const unready = await ctx.db.query(sql`
    WITH marked AS (
      UPDATE deployment SET polled_at = now() WHERE id IN (
        SELECT id FROM deployment WHERE id = ANY(${[...ids]}::uuid[]) AND told_ready AND polled_at < now() - interval '10 seconds'
        ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)
    )
    SELECT id FROM deployment WHERE id = ANY(${[...ids]}::uuid[]) AND NOT told_ready`);
  if (unready.length === 0) return;
  const told = await ctx.db.transaction(async (tx) => {
    const rows = await readTold(
      tx,
      sql`d.id = ANY(${[...ids]}::uuid[]) AND NOT d.told_ready ORDER BY d.id FOR NO KEY UPDATE OF d`,
    );
    if (rows.length === 0) return false;
    await tx.query(sql`
      UPDATE deployment SET polled_at = now(), told_ready = true WHERE id = ANY(${rows.map(({ id }) => id)}::uuid[])`);
    tx.last(appendEvents(rows.map((row) => toldDeployment(ctx, row, { verb: "ready" }))));
    return true;
  });
  if (told) ctx.bus.notify("events");
}

/** The work is done every 5 s: after so long without it this server was not there (its machine slept, say). */
const absence = 15_000; // milliseconds

/**
 * Work that tells of deployments for whose runs nobody has asked for 60 s. It begins 60 s after the server does, and after an absence:
 * nobody could ask meanwhile.
 */
export function tellUnready(ctx: Context, clock: () => number = Date.now): () => Promise<number | undefined> {
  let since = clock();
  let looked = since;
  return async () => {
    if (clock() - looked > absence) since = clock();
    looked = clock();
    const wait = since + readySeconds * 1000 - clock();
    return wait > 0 ? wait : tellOverdue(ctx);
  };
}

/** @returns milliseconds until the next one is overdue; undefined where none is near */
async function tellOverdue(ctx: Context): Promise<number | undefined> {
  while ((await tellSome(ctx)) === mostAtOnce);
  const [next] = await ctx.db.query<{ wait: number | null }>(sql`
    SELECT ceil(extract(epoch FROM min(polled_at) + ${readySeconds} * interval '1 second' - clock_timestamp()) * 1000)::float8 AS wait
    FROM deployment WHERE told_ready`);
  return next?.wait ?? undefined;
}

async function tellSome(ctx: Context): Promise<number> {
  const told = await ctx.db.transaction(async (tx) => {
    const rows = await readTold(
      tx,
      sql`d.told_ready AND d.polled_at <= clock_timestamp() - ${readySeconds} * interval '1 second'
        ORDER BY d.id LIMIT ${mostAtOnce} FOR NO KEY UPDATE OF d SKIP LOCKED`,
    );
    if (rows.length === 0) return 0;
    await tx.query(sql`
      UPDATE deployment SET told_ready = false WHERE id = ANY(${rows.map(({ id }) => id)}::uuid[])`);
    tx.last(appendEvents(rows.map((row) => toldDeployment(ctx, row, { verb: "not-ready" }))));
    return rows.length;
  });
  if (told > 0) ctx.bus.notify("events");
  return told;
}
