import type { Context } from "../context.ts";
import type { Page } from "../graphql/connection.ts";
import { pageSize } from "../graphql/page-size.ts";
import { positionOfCursor } from "./cursor.ts";
import { findEvents } from "./find-events.ts";
import { type GivenFilter, parseFilter } from "./parse-filter.ts";
import type { EventRow } from "./row.ts";

export interface EventPageArgs {
  filter?: GivenFilter | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  ascending?: boolean | null | undefined;
}

/**
 * A page of the log, newest first unless `ascending`. Where the filter is expensive it may hold fewer events than asked for, or none,
 * although there are more: its end is where the search goes on.
 *
 * @throws InvalidInputError of the filter; GraphQLError with the code BAD_USER_INPUT or BAD_CURSOR
 */
export async function pageOfEvents(ctx: Context, args: EventPageArgs): Promise<Page<EventRow>> {
  const filter = parseFilter(args.filter);
  const ascending = args.ascending ?? false;
  const size = pageSize("first", args.first ?? 50);
  const after = args.after == null ? null : positionOfCursor(args.after);
  const { rows, passed, ended } = await findEvents(ctx.db, { filter, after, ascending, limit: size + 1 });
  const nodes = rows.slice(0, size);
  const more = rows.length > size || !ended;
  const last = nodes.at(-1)?.position;
  // Where the search was broken off there may be nothing to show of what was looked through.
  const end = rows.length > size || ended ? (last ?? after ?? 0) : passed;
  const before = async (position: number) =>
    (await findEvents(ctx.db, { filter, after: position, ascending: !ascending, limit: 1 })).rows.length > 0;
  return {
    nodes,
    pageInfo: {
      hasNextPage: () => more,
      hasPreviousPage: () => after !== null && before(nodes[0]?.position ?? after),
      startCursor: nodes[0] === undefined ? null : String(nodes[0].position),
      // Of a page of no size that begins at the newest nothing can be behind.
      endCursor: size === 0 && after === null && !ascending ? null : String(end),
    },
  };
}
