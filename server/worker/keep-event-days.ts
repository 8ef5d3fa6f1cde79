import type pg from "pg";
import sql from "sql-template-tag";
import type { Context } from "../context.ts";

/** Days for which there is a partition before they begin, so that nobody who writes waits for one. */
const daysAhead = 2;

/**
 * Makes the partitions of the coming days, and drops those of days that are older than the setting says. A day is kept as long as some
 * evaluator has not passed its last event, and that is told.
 */
export async function keepEventDays(
  ctx: Context,
  report: (what: string, cause: unknown) => void,
): Promise<undefined> {
  for (let ahead = 0; ahead <= daysAhead; ahead++)
    await ctx.db.query(
      sql`SELECT create_event_day((clock_timestamp() AT TIME ZONE 'UTC')::date + ${ahead}::int)::text`,
    );
  const old = await oldDays(ctx);
  if (old.length === 0) return;
  const client = await ctx.db.connect();
  try {
    // Several servers would only wait for each other.
    const { rows } = await client.query("SELECT pg_try_advisory_lock(hashtext('drop_event_days')) AS taken");
    if (rows[0].taken) for (const { name } of await oldDays(ctx)) await dropDay(client, name, report);
  } finally {
    await client.end();
  }
}

/** Partitions that are too old, oldest first, and those that are no partitions any more: of them one was being dropped. */
function oldDays(ctx: Context): Promise<{ name: string }[]> {
  return ctx.db.query<{ name: string }>(sql`
    SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
    LEFT JOIN pg_inherits i ON i.inhrelid = c.oid AND i.inhparent = 'event'::regclass
    WHERE c.relkind = 'r' AND c.relname ~ '^event_[0-9]{8}$' AND (i.inhrelid IS NULL OR i.inhdetachpending
      OR to_date(right(c.relname, 8), 'YYYYMMDD') < (clock_timestamp() AT TIME ZONE 'UTC')::date - ${ctx.settings.eventRetention}::int)
    ORDER BY c.relname`);
}

async function dropDay(
  client: pg.Client,
  name: string,
  report: (what: string, cause: unknown) => void,
): Promise<void> {
  const { rows } = await client.query(
    `SELECT i.inhdetachpending AS pending, (SELECT max(position) FROM ${name}) AS last, (SELECT min(position) FROM evaluator) AS passed
      FROM pg_inherits i WHERE i.inhrelid = '${name}'::regclass`,
  );
  const attached = rows[0];
  if (attached !== undefined && attached.last !== null && Number(attached.last) > Number(attached.passed)) {
    const day = `${name.slice(6, 10)}-${name.slice(10, 12)}-${name.slice(12)}`;
    report(
      `The events of ${day} are too old to be kept, but triggers have judged the log only up to position ${attached.passed} of ${attached.last}. They stay until that is done.`,
      undefined,
    );
    return;
  }
  // Without CONCURRENTLY it would wait for everybody who reads events, and have everybody wait.
  if (attached !== undefined)
    await client.query(
      `ALTER TABLE event DETACH PARTITION ${name} ${attached.pending ? "FINALIZE" : "CONCURRENTLY"}`,
    );
  await client.query(`DROP TABLE ${name}`);
}
