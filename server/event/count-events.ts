import sql, { type Sql } from "sql-template-tag";
import { InvalidInputError } from "../../core/error.ts";
import type { EventFilter } from "../../core/event/event-filter.ts";
import { timeSteps } from "../../core/event/time-steps.ts";
import type { Context } from "../context.ts";
import type { Db } from "../db.ts";
import { filterCondition } from "./filter-sql.ts";
import { type GivenFilter, parseFilter } from "./parse-filter.ts";

/** A number of events between two moments. */
export interface EventCountRow {
  label: string;
  count: number;
  start: Date;
  end: Date;
}

export type CountBy = "TIME" | "EVENT" | "RESOURCE";

const day = 24 * 3_600_000;
/** The earliest time that the API takes. */
const earliest = Date.parse("0001-01-01T00:00:00.000Z");
/** Groups that are answered. */
const mostGroups = 100;
/** How long may be counted, in milliseconds. */
const patience = 10_000;

/**
 * Counts events by when they happened, by their names or by their resources.
 *
 * @throws InvalidInputError of the filter, also where counting takes more than 10 s
 */
export async function countEvents(
  ctx: Context,
  given: GivenFilter | null | undefined,
  by: CountBy,
): Promise<EventCountRow[]> {
  const asked = parseFilter(given);
  const end = asked.occurredBefore ?? ctx.now().getTime();
  const start = asked.occurredAfter ?? Math.max(end - day, earliest);
  const filter = { ...asked, occurredAfter: start, occurredBefore: end };
  if (start >= end) return [];
  switch (by) {
    case "TIME":
      return countByTime(ctx.db, filter, start, end);
    case "EVENT":
      return countGroups(ctx.db, filter, sql`e.event`, start, end);
    case "RESOURCE":
      return countGroups(ctx.db, filter, sql`e.resource ->> 'prefect.resource.id'`, start, end);
  }
}

async function countByTime(
  db: Db,
  filter: EventFilter,
  start: number,
  end: number,
): Promise<EventCountRow[]> {
  const steps = timeSteps(end - start);
  const size = (end - start) / steps;
  const rows = await count<{ step: number; count: number }>(
    db,
    sql`SELECT floor((extract(epoch FROM e.occurred) * 1000 - ${start}::float8) / ${size}::float8)::int AS step, count(*) AS count
      FROM event e WHERE ${filterCondition(filter) ?? sql`true`} GROUP BY 1`,
  );
  const counts = new Map(rows.map((row) => [Math.min(row.step, steps - 1), row.count]));
  return Array.from({ length: steps }, (_, step) => {
    const from = new Date(Math.round(start + step * size));
    const to = new Date(Math.round(start + (step + 1) * size));
    return { label: from.toISOString(), count: counts.get(step) ?? 0, start: from, end: to };
  });
}

async function countGroups(
  db: Db,
  filter: EventFilter,
  label: Sql,
  start: number,
  end: number,
): Promise<EventCountRow[]> {
  const rows = await count<{ label: string; count: number }>(
    db,
    sql`SELECT ${label} AS label, count(*) AS count FROM event e WHERE ${filterCondition(filter) ?? sql`true`}
      GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${mostGroups}`,
  );
  return rows.map((row) => ({ ...row, start: new Date(start), end: new Date(end) }));
}

async function count<Row>(db: Db, statement: Sql): Promise<Row[]> {
  try {
    return await db.transaction(async (tx) => {
      await tx.query(sql`SELECT set_config('statement_timeout', ${String(patience)}, true)`);
      return tx.query<Row>(statement);
    });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "57014")) throw error;
    const message = `counting these events takes more than ${patience / 1000} s; count a shorter time, or fewer events`;
    throw InvalidInputError.at(["filter"], message);
  }
}
