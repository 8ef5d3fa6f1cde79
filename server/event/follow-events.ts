import { satisfies } from "../../core/event/event-filter.ts";
import type { Context } from "../context.ts";
import { badCursor } from "../graphql/request-error.ts";
import { Gap } from "../live/gap.ts";
import type { LiveSource, Placed } from "../live/source.ts";
import { positionOfCursor } from "./cursor.ts";
import { eventTail } from "./event-tail.ts";
import { findEvents } from "./find-events.ts";
import { type GivenFilter, parseFilter } from "./parse-filter.ts";
import { keptRange } from "./read-log.ts";
import type { EventRow } from "./row.ts";

export type EventStreamRow = EventRow | Gap;

/**
 * The events behind `after` that satisfy a filter, or those from now on, and on as they are stored. Where something behind `after` is
 * not kept any more, a gap comes in its place.
 *
 * @throws InvalidInputError of the filter
 */
export function followEvents(
  ctx: Context,
  args: { filter?: GivenFilter | null | undefined; after?: string | null | undefined },
): LiveSource<EventStreamRow> {
  const filter = parseFilter(args.filter);
  const tail = eventTail(ctx.db);
  /** Between the two there is nothing that the filter lets through. */
  let passed = { from: 0, to: 0 };

  async function fromLog(
    position: number,
    limit: number,
  ): Promise<{ rows: Placed<EventStreamRow>[]; at: number }> {
    const found = await findEvents(ctx.db, { filter, after: position, ascending: true, limit });
    const gap = new Gap(position, found.first - 1);
    if (gap.to > position) return { rows: [{ position: gap.to, row: gap }], at: gap.to };
    return { rows: found.rows.map(placed), at: Math.max(position, found.passed) };
  }

  return {
    topic: "events",
    kind: "log",
    async open() {
      const { first, last } = await keptRange(ctx.db);
      if (args.after == null) return { first: [], position: last };
      const position = positionOfCursor(args.after);
      if (position > last) throw badCursor(args.after);
      const gap = new Gap(position, first - 1);
      return gap.to > position ? { first: [gap], position: gap.to } : { first: [], position };
    },
    async readAfter(position, limit) {
      const rows: Placed<EventStreamRow>[] = [];
      let at = passed.from <= position && position < passed.to ? passed.to : position;
      for (let fresh = false; rows.length < limit; ) {
        const known = tail.after(at);
        if (known === null) {
          const piece = await fromLog(at, limit - rows.length);
          rows.push(...piece.rows);
          // The log ends here, and the tail does not know of it: nobody has asked it so far.
          if (piece.at === at) await tail.refresh();
          at = piece.at;
          continue;
        }
        for (const row of known) {
          if (rows.length === limit) break;
          at = row.position;
          if (satisfies(filter, { ...row, occurred: row.occurred.getTime() })) rows.push(placed(row));
        }
        if (at < tail.head) continue;
        // Only what had been stored when this call came tells that there is nothing more.
        if (fresh) break;
        await tail.refresh();
        fresh = true;
      }
      passed = { from: rows.at(-1)?.position ?? position, to: at };
      return rows;
    },
  };
}

function placed(row: EventRow): Placed<EventStreamRow> {
  return { position: row.position, row };
}
