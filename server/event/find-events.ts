import sql, { type Sql } from "sql-template-tag";
import type { EventFilter } from "../../core/event/event-filter.ts";
import type { Db } from "../db.ts";
import { filterCondition } from "./filter-sql.ts";
import { findCandidates } from "./find-candidates.ts";
import { keptRange, readLog } from "./read-log.ts";
import type { EventRow } from "./row.ts";

export interface EventSearch {
  filter: EventFilter;
  /** Behind this position in the direction of the search; null: from its beginning. */
  after: number | null;
  /** Oldest first. */
  ascending: boolean;
  limit: number;
}

export interface FoundEvents {
  /** In the direction of the search. */
  rows: EventRow[];
  /** Up to here, itself included, everything was looked at. */
  passed: number;
  /** Whether nothing is left behind that; where something is, and there are fewer rows than asked for, the search took too long. */
  ended: boolean;
  /** The place of the oldest event that is kept. */
  first: number;
}

/** How long a search goes on before it answers what it has, in milliseconds. */
const patience = 1_000;
/** What one statement is to take, in milliseconds, and how many positions it looks at. */
const stride = { time: 150, least: 2_000, most: 2_000_000 };

/**
 * The events that satisfy a filter, by their places in the log. It goes along the log piece by piece; where that does not soon fill the
 * page, it looks whether an index knows of few events that could. It ends in about a second, whatever the filter and the log.
 */
export async function findEvents(db: Db, search: EventSearch): Promise<FoundEvents> {
  const { filter, ascending, limit } = search;
  const { first, last } = await keptRange(db);
  const step = ascending ? 1 : -1;
  const end = ascending ? last : first;
  const condition = filterCondition(filter);
  const order = ascending ? "asc" : "desc";
  const rows: EventRow[] = [];
  const begun = performance.now();
  /** @returns whether the search is over */
  const take = async (where: Sql): Promise<boolean> => {
    const all = condition === null ? where : sql`${where} AND ${condition}`;
    const piece = await readLog(db, all, { order, limit: limit - rows.length });
    rows.push(...piece.rows);
    return piece.cut || rows.length >= limit;
  };
  const found = (passed: number): FoundEvents => ({ rows, passed, ended: passed === end, first });
  const full = () => found(rows.at(-1)?.position ?? end);

  let at = ascending
    ? Math.max(first, (search.after ?? 0) + 1)
    : Math.min(last, (search.after ?? Infinity) - 1);
  let size = condition === null ? Infinity : stride.least;
  for (let pieces = 0; (end - at) * step >= 0; pieces++) {
    if (performance.now() - begun > patience) return found(at - step);
    const candidates = pieces === 2 ? await findCandidates(db, filter) : null;
    if (candidates !== null) {
      const left = candidates.filter(
        (position) => (position - at) * step >= 0 && (end - position) * step >= 0,
      );
      return (await take(sql`e.position = ANY (${left}::bigint[])`)) ? full() : found(end);
    }
    const to = ascending ? Math.min(end, at + size - 1) : Math.max(end, at - size + 1);
    const started = performance.now();
    if (await take(sql`e.position BETWEEN ${Math.min(at, to)} AND ${Math.max(at, to)}`)) return full();
    const pace = stride.time / (performance.now() - started);
    size = Math.round(Math.min(Math.max(size * Math.min(pace, 8), stride.least), stride.most));
    at = to + step;
  }
  return { rows, passed: end, ended: true, first };
}
