import sql, { type Sql } from "sql-template-tag";
import type { Labels, LogEvent } from "../../core/event/event.ts";
import { leavesOf } from "../../core/trigger/leaves.ts";
import type { Trigger } from "../../core/trigger/trigger.ts";
import type { Executor } from "../db.ts";
import { filterCondition } from "../event/filter-sql.ts";

/** A part of the log. */
export interface LogRange {
  /** Behind this position. */
  readonly behind: number;
  /** Up to and with this one. */
  readonly to: number;
}

/** An event of the stored log as a replay reads it: without labels where its name says that the trigger cannot want it. */
export interface ReplayedEvent extends LogEvent {
  /** Whether what it follows stands before it in the log. */
  readonly leaderKnown: boolean;
}

interface Row {
  position: number;
  id: string;
  occurred: number;
  received: number;
  event: string;
  resource: Labels | null;
  related: Labels[] | null;
  follows: string | null;
  leaderKnown: boolean;
}

/** Few enough that reading one's rows holds nobody else up. */
const pageSize = 500;

/** The log, page by page: the next is read while one is looked at, and no more are held. */
export async function* readLogPages(
  db: Executor,
  { behind, to }: LogRange,
  wanted: Sql,
): AsyncGenerator<ReplayedEvent[], void, undefined> {
  let next = readPage(db, behind, to, wanted);
  for (;;) {
    const page = await next;
    const last = page.at(-1);
    if (last === undefined) return;
    next = readPage(db, last.position, to, wanted);
    // Whoever wants no more does not wait for it either.
    next.catch(() => undefined);
    yield page;
  }
}

async function readPage(db: Executor, behind: number, to: number, wanted: Sql): Promise<ReplayedEvent[]> {
  if (behind >= to) return [];
  const rows = await db.query<Row>(sql`
    SELECT e.position, e.id, ${milliseconds(sql`e.occurred`)} AS occurred, ${milliseconds(sql`e.received`)} AS received,
      e.event, e.follows, CASE WHEN ${wanted} THEN e.resource END AS resource, CASE WHEN ${wanted} THEN e.related END AS related,
      CASE WHEN e.follows IS NULL THEN false
        ELSE EXISTS (SELECT FROM event k WHERE k.id = e.follows AND k.position < e.position) END AS leader_known
    FROM event e WHERE e.position > ${behind} AND e.position <= ${to} ORDER BY e.position LIMIT ${pageSize}`);
  return rows.map(({ resource, related, ...row }) => ({
    ...row,
    resource: resource ?? {},
    related: related ?? [],
  }));
}

/** Holds for every event whose name a trigger covers. */
export function nameCondition(trigger: Trigger): Sql {
  const names = new Set<string>();
  for (const leaf of leavesOf(trigger)) {
    if (leaf.type === "event" && leaf.expect.length === 0) return sql`true`;
    const covered = leaf.type === "metric" ? ["prefect.flow-run.*"] : [...leaf.expect, ...leaf.after];
    for (const name of covered) names.add(name);
  }
  const events = [...names].sort();
  return (
    filterCondition({
      events,
      excludeEvents: [],
      resource: {},
      related: {},
      words: [],
      occurredAfter: null,
      occurredBefore: null,
    }) ?? sql`true`
  );
}

/** The instant of a column, as whole milliseconds since 1970. */
export function milliseconds(column: Sql): Sql {
  return sql`(EXTRACT(EPOCH FROM ${column}) * 1000)::bigint`;
}
