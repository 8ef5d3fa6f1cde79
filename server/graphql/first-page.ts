import type { Page } from "./connection.ts";

/**
 * A page of a list that is read from its beginning on.
 *
 * @param rows one more than the page holds, where the list goes on
 * @param after the cursor behind which it begins; null for the beginning
 */
export function firstPage<Row>(
  rows: readonly Row[],
  size: number,
  after: string | null | undefined,
  cursorOf: (row: Row) => string,
): Page<Row> {
  const nodes = rows.slice(0, size);
  const [start, end] = [nodes[0], nodes.at(-1)];
  return {
    nodes,
    pageInfo: {
      hasNextPage: () => rows.length > size,
      hasPreviousPage: () => after != null,
      startCursor: start === undefined ? null : cursorOf(start),
      endCursor: end === undefined ? (after ?? null) : cursorOf(end),
    },
  };
}
